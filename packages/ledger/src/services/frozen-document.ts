import type { OriginDocument, Provider } from '@fiscalkit/client';
import { accountName } from '../entry/accounts.js';
import type { NewEntry } from '../entry/entry.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';

/** What a new document gets its id, its time and its address for callbacks from. */
export type IdentityContext = Pick<LedgerContext, 'createId' | 'clock' | 'callbackUrlOf'>;

/** A checked document, and the provider that it goes to. */
interface DocumentToFreeze extends Pick<NewEntry, 'operation' | 'document'> {
  readonly merchant: Pick<Merchant, 'id'>;
  readonly provider: Provider;
  /** The receipt that it was made from. */
  readonly origin?: OriginDocument | undefined;
}

type FrozenDocument = Pick<
  NewEntry,
  'id' | 'merchant' | 'provider' | 'account' | 'operation' | 'document' | 'request'
>;

/** Gives a document its id, and freezes the request for its provider. */
export function frozenDocument(
  { createId, clock, callbackUrlOf }: IdentityContext,
  { merchant, provider, operation, document, origin }: DocumentToFreeze,
): FrozenDocument {
  const id = createId();
  const callbackUrl = callbackUrlOf(provider, merchant.id);
  const identity = {
    reference: id,
    businessTime: clock(),
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...(origin && { origin }),
  };
  return {
    id,
    merchant: merchant.id,
    provider: provider.name,
    account: accountName(provider, merchant.id),
    operation,
    document,
    request: provider.freeze({ operation, document }, identity),
  };
}
