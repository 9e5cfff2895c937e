import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import type { AccountEntriesQuery } from '../intervention-store.js';
import { prepareQuery } from './query.js';

/** Prepares the read of the entries of an account that are not final. */
export function prepareUnfinishedOf(database: DatabaseSync) {
  const unfinished = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE state NOT IN ('registered', 'rejected') AND account = :account
     AND (:merchant IS NULL OR merchant = :merchant) AND (accepted_at, sequence) > (:acceptedAt, :sequence)
     ORDER BY accepted_at, sequence LIMIT CAST(:limit AS INTEGER)`,
  );

  return ({ account, merchant, after, limit }: AccountEntriesQuery): EntryRow[] =>
    unfinished.all({
      account,
      merchant: merchant ?? null,
      acceptedAt: after?.acceptedAt.getTime() ?? Number.MIN_SAFE_INTEGER,
      sequence: after?.sequence ?? 0,
      limit,
    });
}
