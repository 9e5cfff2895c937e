import type { DatabaseSync } from 'node:sqlite';
import { readBlockRows } from '../../journal/journal-block.js';
import { partSize } from '../entry-search.js';
import { acceptanceHashes, outcomeHashes, positionNamesOf } from '../search-hashes.js';
import { prepareQuery } from './query.js';
import { storedId } from './stored-columns.js';

/** How long one update takes, but for the entry that is taken in when the time is over, in milliseconds. */
const updateMs = 4;

/** Where the index is in the journal: behind which block, and how many rows of the next one. */
interface Progress {
  readonly block: number;
  readonly rows: number;
}

/** Prepares the write of the index: a small part of the journal at a time, because nobody writes meanwhile. */
export function prepareUpdateIndex(database: DatabaseSync) {
  const progress = prepareQuery<Progress>(database, 'SELECT block, rows FROM search_progress');
  const advance = prepareQuery(
    database,
    `UPDATE search_progress SET block = :block, rows = :rows,
       sequence = coalesce((SELECT sequence FROM entries WHERE id = :newest), sequence)`,
  );
  const next = prepareQuery<{ number: number; facts: string }>(
    database,
    'SELECT number, facts FROM journal WHERE number > :block ORDER BY number LIMIT 1',
  );
  const take = prepareTakeEntry(database);

  return (): boolean => {
    const endsAt = performance.now() + updateMs;
    let { block, rows } = progress.one() ?? { block: 0, rows: 0 };
    const taken = new Set<string>();
    let newest: string | null = null;
    const note = () => advance.run({ block, rows, newest: newest === null ? null : storedId(newest) });
    for (let following = next.one({ block }); following; following = next.one({ block })) {
      // A block that can't be read is for the audit to tell of.
      for (const row of (readBlockRows(following.facts) ?? []).slice(rows)) {
        if (taken.size > 0 && performance.now() >= endsAt) {
          note();
          return true;
        }
        // What is read of an entry is all that its later rows tell, too.
        if (!taken.has(row.entryId)) take(row.entryId, row.from === null);
        taken.add(row.entryId);
        if (row.from === null) newest = row.entryId;
        rows += 1;
      }
      block = following.number;
      rows = 0;
    }
    if (taken.size > 0) note();
    return false;
  };
}

/** Prepares the check whether there are changes that the index does not have. */
export function prepareIsIndexBehind(database: DatabaseSync): () => boolean {
  const behind = prepareQuery<{ number: number }>(
    database,
    'SELECT number FROM journal WHERE number > (SELECT block FROM search_progress) LIMIT 1',
  );
  return () => behind.one() !== undefined;
}

/** Prepares the read of the age of the oldest change that the index does not have. */
export function prepareIndexLag(database: DatabaseSync) {
  const oldest = prepareQuery<{ at: number }>(
    database,
    'SELECT at FROM journal WHERE number > (SELECT block FROM search_progress) ORDER BY number LIMIT 1',
  );
  return (_: undefined, now: number): number => Math.max(0, now - (oldest.one()?.at ?? now));
}

/** An entry as the index takes it in; names are numbers, but for the merchant's. */
interface IndexedRow {
  readonly sequence: number;
  readonly merchant: number;
  readonly merchant_name: string;
  readonly idempotency_key: string | null;
  readonly provider: number;
  readonly account: number;
  readonly operation: number;
  readonly operation_type: string;
  readonly total_minor: number | null;
  readonly accepted_at: number;
  readonly provider_document_id: string | null;
  readonly registration: string | null;
  readonly document: string | null;
}

/** Prepares taking in an entry as it is now; what the index has of it already stays. */
function prepareTakeEntry(database: DatabaseSync) {
  const entry = prepareQuery<IndexedRow>(
    database,
    `SELECT entries.sequence, entries.merchant, names.name AS merchant_name, entries.idempotency_key, entries.provider, deliveries.account,
       entries.operation, coalesce(entries.operation_type, '') AS operation_type, entries.total_minor, entries.accepted_at,
       deliveries.provider_document_id,
       (SELECT registration FROM registrations WHERE registrations.sequence = entries.sequence) AS registration,
       iif(:isNew, document, NULL) AS document
     FROM entries CROSS JOIN deliveries ON deliveries.sequence = entries.sequence
     CROSS JOIN names ON names.number = entries.merchant WHERE entries.id = :id`,
  );
  const addKey = prepareQuery(
    database,
    'INSERT OR IGNORE INTO search_keys VALUES ((:part << 42) | (:hash << 12) | :place)',
  );
  const addPart = prepareQuery(
    database,
    `INSERT INTO search_parts VALUES (:part, :accepted_at, :accepted_at) ON CONFLICT (part)
     DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
  );
  const isGroup = `merchant = :merchant AND provider = :provider AND account = :account
    AND operation = :operation AND operation_type = :operation_type`;
  const findGroup = prepareQuery<{ number: number }>(
    database,
    `SELECT number FROM search_groups WHERE ${isGroup}`,
  );
  const addGroup = prepareQuery(
    database,
    `INSERT INTO search_groups (merchant, provider, account, operation, operation_type)
     VALUES (:merchant, :provider, :account, :operation, :operation_type)`,
  );
  const addEntry = prepareQuery(database, 'INSERT OR IGNORE INTO search_entries VALUES (:number, :sequence)');

  return (id: string, isNew: boolean): void => {
    const row = entry.one({ id: storedId(id), isNew: isNew ? 1 : 0 });
    // The audit tells of a row without its entry.
    if (!row) return;
    const { sequence, merchant_name: merchant, total_minor: totalMinor } = row;
    const [part, place] = [Math.floor(sequence / partSize), sequence % partSize];
    const registration = row.registration === null ? null : JSON.parse(row.registration);
    const hashes = outcomeHashes({ providerDocumentId: row.provider_document_id, registration });
    if (row.document !== null) {
      const positionNames = positionNamesOf(JSON.parse(row.document));
      const idempotencyKey = row.idempotency_key ?? '';
      hashes.push(...acceptanceHashes({ merchant, idempotencyKey, totalMinor, positionNames }));
      addPart.run({ ...row, part });
    }
    for (const hash of hashes) addKey.run({ part, hash, place });
    const number = findGroup.one({ ...row })?.number ?? addGroup.insert({ ...row });
    addEntry.run({ number, sequence });
  };
}
