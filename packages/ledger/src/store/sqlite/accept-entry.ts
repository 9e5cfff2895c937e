import type { DatabaseSync } from 'node:sqlite';
import type { NewEntry } from '../../entry/entry.js';
import { acceptanceDetails } from '../../journal/journal-details.js';
import { entryOfRow } from '../entry-of-row.js';
import type { EntryRow } from '../entry-row.js';
import type { AcceptOutcome } from '../ledger-store.js';
import type { EntryTable } from './entry-table.js';
import { prepareAnnounce } from './events/announce.js';
import { prepareQuery } from './query.js';
import { rowOfNewEntry } from './row-of-new-entry.js';

/** Who was there first, and by which name. */
interface Holder {
  readonly row: EntryRow;
  readonly over: string;
}

/** Prepares the write that stores a new entry, or says who was there first. */
export function prepareAccept(database: DatabaseSync, table: EntryTable) {
  const byKey = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE merchant = :merchant AND idempotency_key = :key',
  );
  const byClaim = prepareQuery<EntryRow>(
    database,
    `SELECT entries.* FROM claims JOIN entries USING (sequence)
     WHERE claims.merchant = :merchant AND claims.name = :name`,
  );
  const unfinishedBefore = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE merchant = :merchant AND ordering_key = :orderingKey
     AND state NOT IN ('registered', 'rejected') LIMIT 1`,
  );
  const announce = prepareAnnounce(database);
  const addClaim = prepareQuery(database, 'INSERT INTO claims VALUES (:merchant, :name, :sequence)');

  function holdersOf({ merchant, idempotencyKey, claims }: NewEntry): Holder[] {
    const keyHolder = byKey.one({ merchant, key: idempotencyKey });
    const holders = keyHolder ? [{ row: keyHolder, over: 'idempotency-key' }] : [];
    for (const name of claims) {
      const row = byClaim.one({ merchant, name });
      if (row) holders.push({ row, over: name });
    }
    return holders;
  }

  return (entry: NewEntry, now: number): AcceptOutcome => {
    const { merchant, orderingKey } = entry;
    const holders = holdersOf(entry);
    const [first] = holders;
    // Who holds the key decides; only then may another name tell that the same was handed in before.
    const holder =
      first?.over === 'idempotency-key'
        ? first
        : (holders.find(({ row }) => row.content_digest === entry.contentDigest) ?? first);
    if (holder) {
      const stored = entryOfRow(holder.row);
      return holder.row.content_digest === entry.contentDigest
        ? { kind: 'replayed', entry: stored }
        : { kind: 'conflict', entry: stored, over: holder.over };
    }

    const blocked = unfinishedBefore.one({ merchant, orderingKey }) !== undefined;
    const note = { at: now, details: acceptanceDetails(entry) };
    const row = table.add(rowOfNewEntry(entry, blocked, now), note);
    for (const name of entry.claims) addClaim.run({ merchant, name, sequence: row.sequence });
    announce(row, 'accepted', now);
    return { kind: 'accepted', entry: entryOfRow(row) };
  };
}
