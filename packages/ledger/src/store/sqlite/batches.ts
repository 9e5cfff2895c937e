import type { DatabaseSync } from 'node:sqlite';
import type {
  BatchEntriesQuery,
  BatchProgress,
  BatchStore,
  FilteredEntries,
  FinalEntries,
} from '../batch-store.js';
import { type EntryRow, entryOfRow } from '../entry-row.js';
import { entryColumns } from './entry-table.js';
import { numberOfName, numbersOfNames } from './names.js';
import { prepareQuery } from './query.js';
import type { Reader } from './reader.js';
import { storedId } from './stored-columns.js';

/** Newest entries of the ledger among which final ones are counted. */
const mostLooked = 10_000;

const ofEntry = (column: string) =>
  `(SELECT ${column} FROM entries WHERE entries.sequence = deliveries.sequence)`;
const isName = (column: string, parameter: string) =>
  `(:${parameter} IS NULL OR ${column} = ${numberOfName(parameter)})`;

/** What a row of `deliveries` must be to match. */
const matches = `(:merchants IS NULL OR merchant IN ${numbersOfNames('merchants')})
  AND ${isName('merchant', 'merchant')} AND ${isName('provider', 'provider')} AND ${isName('account', 'account')}
  AND ${isName(ofEntry('operation'), 'operation')}
  AND (:operationType IS NULL OR ${ofEntry('operation_type')} = :operationType)
  AND (:reason IS NULL OR json_extract(reason, '$.code') = :reason)
  AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
  AND (:from IS NULL OR accepted_at >= :from) AND (:before IS NULL OR accepted_at < :before)`;

function valuesOf({ filter, merchants }: FilteredEntries) {
  const { states, acceptedFrom, acceptedBefore } = filter;
  return {
    merchants: merchants ? JSON.stringify(merchants) : null,
    merchant: filter.merchant ?? null,
    provider: filter.provider ?? null,
    account: filter.account ?? null,
    operation: filter.operation ?? null,
    operationType: filter.operationType ?? null,
    reason: filter.reason ?? null,
    states: states ? JSON.stringify(states) : null,
    from: acceptedFrom?.getTime() ?? null,
    before: acceptedBefore?.getTime() ?? null,
  };
}

/** Prepares the reads of acts on many entries. */
export function prepareBatchReads(database: DatabaseSync) {
  const unfinished = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM (
       SELECT sequence AS place, accepted_at AS since FROM deliveries
       WHERE state NOT IN ('registered', 'rejected') AND (accepted_at, sequence) > (:acceptedAt, :sequence) AND ${matches}
       AND NOT EXISTS (SELECT 1 FROM batch_entries WHERE batch = :batch AND batch_entries.sequence = deliveries.sequence)
       ORDER BY accepted_at, sequence LIMIT CAST(:limit AS INTEGER)
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY since, place`,
  );
  const final = prepareQuery<{ registered: number; rejected: number; looked: number }>(
    database,
    `SELECT count(*) FILTER (WHERE state = 'registered' AND ${matches}) AS registered,
       count(*) FILTER (WHERE state = 'rejected' AND ${matches}) AS rejected, count(*) AS looked
     FROM (SELECT * FROM deliveries ORDER BY sequence DESC LIMIT ${mostLooked}) AS deliveries`,
  );
  const acted = prepareQuery<{ acted: number }>(
    database,
    'SELECT count(*) AS acted FROM batch_entries WHERE batch = :batch',
  );
  const last = prepareQuery<{ accepted_at: number; sequence: number }>(
    database,
    `SELECT accepted_at, sequence FROM batch_entries JOIN deliveries USING (sequence)
     WHERE batch = :batch ORDER BY accepted_at DESC, sequence DESC LIMIT 1`,
  );

  return {
    unfinishedInBatch: ({ batch, after, limit, ...query }: BatchEntriesQuery): EntryRow[] =>
      unfinished.all({
        ...valuesOf(query),
        batch: storedId(batch),
        acceptedAt: after?.acceptedAt.getTime() ?? Number.MIN_SAFE_INTEGER,
        sequence: after?.sequence ?? 0,
        limit,
      }),
    countFinal(query: FilteredEntries): FinalEntries {
      const { registered = 0, rejected = 0, looked = 0 } = final.one(valuesOf(query)) ?? {};
      return { states: { registered, rejected }, isAll: looked < mostLooked };
    },
    batchProgress(id: string): BatchProgress {
      const batch = storedId(id);
      const place = last.one({ batch });
      return {
        acted: acted.one({ batch })?.acted ?? 0,
        last: place ? { acceptedAt: new Date(place.accepted_at), sequence: place.sequence } : null,
      };
    },
  };
}

/** The reads of acts on many entries, beside whoever writes. */
export function sqliteBatches(reader: Reader): BatchStore {
  return {
    unfinished: async (query) => (await reader.run('unfinishedInBatch', query)).map(entryOfRow),
    countFinal: (query) => reader.run('countFinal', query),
    progress: (batch) => reader.run('batchProgress', batch),
  };
}
