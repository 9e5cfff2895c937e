import { type Fault, FiscalError } from '@fiscalkit/schemas';
import type { NewEntry } from '../entry/entry.js';
import { isCallersKey, isNoKey } from './idempotency-key.js';
import type { Merchant } from './merchant.js';

/** What a caller says of a repeat. */
interface RepeatableRequest {
  readonly idempotencyKey?: string | undefined;
  readonly twin?: 'meant' | undefined;
}

/**
 * What is to become of a receipt with the content of another. Without a key it is a repeat, for a client of the provider
 * repeats so; under another key it is most likely a mistake. Throws a `FiscalError` with code `idempotency.key.missing`.
 */
export function onTwin({ twins }: Merchant, request: RepeatableRequest): Pick<NewEntry, 'onTwin'> {
  if (isNoKey(request.idempotencyKey)) {
    if (request.twin === 'meant') throw keyMissing();
    return { onTwin: 'replay' };
  }
  return request.twin === 'meant' || twins === 'accepted' ? {} : { onTwin: 'refuse' };
}

/** Warns that a receipt was taken for a repeat by its content alone; of a repeat under its own key there is nothing to say. */
export function replayWarnings({ idempotencyKey }: Pick<NewEntry, 'idempotencyKey'>): readonly Fault[] {
  return isCallersKey(idempotencyKey) ? [] : [sameContent];
}

const sameContent: Fault = {
  code: 'receipt.same-content',
  path: '$',
  message:
    'The payment has a receipt with this content, and this is it: none was made anew. A second one that is meant ' +
    'needs an idempotency key of its own and the mark that it is meant.',
  severity: 'warning',
};

function keyMissing(): FiscalError {
  return new FiscalError({
    code: 'idempotency.key.missing',
    message: 'A second receipt with the same content needs an idempotency key of its own.',
    retryable: false,
  });
}
