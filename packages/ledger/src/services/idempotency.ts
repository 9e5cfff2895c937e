import { type Fault, FiscalError } from '@fiscalkit/schemas';
import type { NewEntry } from '../entry/entry.js';
import type { Merchant } from './merchants.js';

const printableAscii = /^[\x20-\x7e]{1,255}$/;

const ofCallers = 'key:';

/** Whether the key of an entry was given by the caller. */
export function isCallersKey(key: string): boolean {
  return key.startsWith(ofCallers);
}

/** Whether a caller gave no key. */
function isNoKey(callersKey: string | null | undefined): callersKey is null | undefined {
  return callersKey === undefined || callersKey === null;
}

/**
 * Returns the key under which an entry is stored: the caller's own, or one derived from the content. The two
 * never collide. Throws a `FiscalError` with code `idempotency.key.format` unless the caller's key is 1–255
 * printable ASCII characters.
 */
export function idempotencyKey(callersKey: string | null | undefined, contentDigest: string): string {
  // Untyped callers pass null for no key: as a text it would be one key for all of them.
  if (isNoKey(callersKey)) return `content:${contentDigest}`;
  if (typeof callersKey === 'string' && printableAscii.test(callersKey)) return ofCallers + callersKey;
  throw new FiscalError({
    code: 'idempotency.key.format',
    message: 'An idempotency key is 1 to 255 printable ASCII characters.',
    retryable: false,
  });
}

/** What a caller specifies about repeats. */
interface RepeatableRequest {
  readonly idempotencyKey?: string | undefined;
  readonly twin?: 'meant' | undefined;
}

/**
 * Returns how to treat a receipt with the content of another. Without a key it is a repeat, since clients of
 * the provider repeat so; under another key it is most likely a mistake. Throws a `FiscalError` with code
 * `idempotency.key.missing`.
 */
export function onTwin({ twins }: Merchant, request: RepeatableRequest): Pick<NewEntry, 'onTwin'> {
  if (isNoKey(request.idempotencyKey)) {
    if (request.twin === 'meant') throw keyMissing();
    return { onTwin: 'replay' };
  }
  return request.twin === 'meant' || twins === 'accepted' ? {} : { onTwin: 'refuse' };
}

/** Returns the warning that a receipt was taken for a repeat by its content alone; none under its own key. */
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
