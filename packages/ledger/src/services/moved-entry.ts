import { capabilitiesFor, type Provider, unknownPlan } from '@fiscalkit/client';
import { accountName } from '../entry/accounts.js';
import type { Entry } from '../entry/entry.js';
import type { JournalRow } from '../journal/journal-row.js';
import { accountUnknown, entryState } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import type { Merchant } from './merchants.js';

/** Code of the reason of entries whose document went to another account before anybody had processed it. */
export const movedCode = 'intervention.moved';

/** Returns the merchant's provider of this account. Throws `account.unknown`, with the accounts that there are. */
export function targetOf(merchant: Merchant, account: string): Provider {
  const own = merchant.providers.map((provider) => ({ provider, name: accountName(provider, merchant.id) }));
  const target = own.find(({ name }) => name === account);
  if (target) return target.provider;
  throw accountUnknown(own.map(({ name }) => name));
}

/**
 * Throws `entry.state` unless it is proven that nobody has processed the document: it was never sent, each
 * attempt was refused before it was processed, or a search has shown since that it is absent.
 */
export async function assertUnprocessed(
  { store, merchants }: Pick<LedgerContext, 'store' | 'merchants'>,
  entry: Entry,
): Promise<void> {
  if (entry.state !== 'accepted' && entry.state !== 'parked') throw maybeProcessed();
  const provider = merchants.provider(entry.merchant, entry.provider);
  const document = { operation: entry.operation, operationType: entry.facets.operationType };
  const isFound =
    provider !== null && unknownPlan(capabilitiesFor(provider.capabilities, document)) === 'find';
  const journal = await store.journal(entry.id);
  if (mayBeProcessed(journal, isFound)) throw maybeProcessed();
  // An earlier life of a restored ledger may have sent it: it is searched before it is sent, however late.
  const restored = await store.restored();
  if (restored === null || entry.acceptedAt >= restored.until) return;
  const isAbsent = journal.some((row) => row.at > restored.declaredAt && isFound && showsAbsence(row));
  if (!isAbsent) throw maybeProcessed();
}

/**
 * Whether an attempt may have been processed, by the journal: the result of each goes from `sending` to
 * `accepted` only where it certainly was not, and from `unknown` to `accepted` where the document is absent, or,
 * with a provider that is not searched, where it is sent again.
 */
function mayBeProcessed(journal: readonly JournalRow[], isFound: boolean): boolean {
  let isOpen = false;
  for (const row of journal) {
    if (row.to === 'pending' || row.to === 'unknown') isOpen = true;
    const isReissued = JSON.parse(row.details).reissue !== undefined;
    if (row.to === 'accepted' && (isReissued || (isFound && showsAbsence(row)))) isOpen = false;
  }
  return isOpen;
}

/** Whether a row is the result of a search that found nothing, with a provider that is searched. */
function showsAbsence({ from, to }: JournalRow): boolean {
  return from === 'unknown' && to === 'accepted';
}

function maybeProcessed(): Error {
  return entryState(
    'Only a document that was never sent, or is proven absent, can go to another account: this one may have been processed.',
  );
}
