import type { EntryQuery } from '../store/ledger-store.js';
import type { LedgerContext } from './ledger-context.js';
import { offsetOf } from './merchants.js';
import { type DocumentList, entryQueryOf } from './receipt-entry-query.js';

/** List to read when it is the merchant's turn. */
interface ListInTurn extends DocumentList {
  readonly signal?: AbortSignal | undefined;
}

/** Reads a list of documents when it is the merchant's turn, with the zone of its times. */
export async function* listInTurn<Portion>(
  { merchants, lists }: Pick<LedgerContext, 'merchants' | 'lists'>,
  { signal, ...list }: ListInTurn,
  read: (query: EntryQuery, utcOffsetHours: number) => AsyncIterable<Portion>,
): AsyncGenerator<Portion, void, undefined> {
  const merchant = merchants.merchant(list.merchant);
  const utcOffsetHours = list.query.utc ?? offsetOf(merchant);
  const giveBack = await lists.take(merchant.id, signal);
  try {
    for await (const portion of read(entryQueryOf(list, utcOffsetHours), utcOffsetHours)) {
      signal?.throwIfAborted();
      yield portion;
    }
  } finally {
    giveBack();
  }
}
