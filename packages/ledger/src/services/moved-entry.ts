import { capabilitiesFor, type Provider, unknownPlan } from '@fiscalkit/client';
import { accountName } from '../entry/accounts.js';
import {
  type ActionRefusal,
  entryActions,
  type OfferedAction,
  processedRefusal,
  refusalOf,
} from '../entry/action-rules.js';
import type { Entry } from '../entry/entry.js';
import type { JournalRow } from '../journal/journal-row.js';
import { accountUnknown } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import { type Merchant, takes } from './merchants.js';

/** Code of the reason of entries whose document went to another account before anybody had processed it. */
const movedCode = 'intervention.moved';

/** Message on an entry that another system registered. */
export const isOfOthers =
  'Another system registered this receipt: it is never sent from here. Take it in again with its link.';

/** Reason of an entry that is rejected because its document goes to another account. */
export const movedReason = {
  code: movedCode,
  message: 'The document was moved to another account before it was processed: its next version goes there.',
} as const;

/** Whether an entry was rejected by a move, which may have to be finished. */
export function isMoved({ state, reason }: Entry): boolean {
  return state === 'rejected' && reason?.code === movedCode;
}

/** Returns the merchant's provider of this account. Throws `account.unknown`, with the accounts that there are. */
export function targetOf(merchant: Merchant, account: string): Provider {
  const own = merchant.providers.map((provider) => ({ provider, name: accountName(provider, merchant.id) }));
  const target = own.find(({ name }) => name === account);
  if (target) return target.provider;
  throw accountUnknown(own.map(({ name }) => name));
}

/**
 * Returns why a document can't go to another account: not unless it is proven that nobody has processed it, since it
 * was never sent, each attempt was refused before it was processed, or a search has shown since that it is absent.
 */
export async function moveRefusal(
  { store, merchants }: Pick<LedgerContext, 'store' | 'merchants'>,
  entry: Entry,
): Promise<ActionRefusal | null> {
  const refusal = refusalOf(entry, 'move');
  if (refusal) return refusal;
  const provider = merchants.provider(entry.merchant, entry.provider);
  const document = { operation: entry.operation, operationType: entry.facets.operationType };
  const isFound =
    provider !== null && unknownPlan(capabilitiesFor(provider.capabilities, document)) === 'find';
  const journal = await store.journal(entry.id);
  if (mayBeProcessed(journal, isFound)) return processedRefusal;
  // An earlier life of a restored ledger may have sent it: it is searched before it is sent, however late.
  const restored = await store.restored();
  if (restored === null || entry.acceptedAt >= restored.until) return null;
  const isAbsent = journal.some((row) => row.at > restored.declaredAt && isFound && showsAbsence(row));
  return isAbsent ? null : processedRefusal;
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

/** Whether the merchant has another account that takes the document. */
function hasOtherAccount({ merchants }: Pick<LedgerContext, 'merchants'>, entry: Entry): boolean {
  const { receipt_format: written } = entry.document;
  const format = typeof written === 'string' ? written : undefined;
  const others = merchants
    .providersOf(entry.merchant)
    .filter((provider) => accountName(provider, entry.merchant) !== entry.account);
  return others.some((provider) => takes(provider, entry.operation, format));
}

const noOtherAccount: ActionRefusal = {
  code: 'account.unknown',
  message: 'The merchant has no other account that takes this document.',
};

/** Returns what an operator may do to an entry, act by act: as the acts themselves decide it. */
export async function offeredActions(
  context: Pick<LedgerContext, 'store' | 'merchants'>,
  entry: Entry,
): Promise<OfferedAction[]> {
  // Most merchants have one account: then nothing needs to be read.
  const move = hasOtherAccount(context, entry) ? await moveRefusal(context, entry) : refusalOf(entry, 'move');
  const toMove = move ?? (hasOtherAccount(context, entry) ? null : noOtherAccount);
  return entryActions.map((action) => ({
    action,
    refusal: action === 'move' ? toMove : refusalOf(entry, action),
  }));
}
