import type { DatabaseSync } from 'node:sqlite';
import type { NewEntry } from '../../entry/entry.js';
import { acceptanceDetails } from '../../journal/details.js';
import type { AcceptedPlace, EntryRow, NewEntryRow } from '../entry-row.js';
import { prepareHold, prepareSaleState } from './dependents.js';
import { type EntryTable, entryColumns } from './entry-table.js';
import { prepareAnnounce } from './events.js';
import { prepareQuery } from './query.js';
import { prepareStoredColumns, type StoredColumns } from './stored-columns.js';

/** What is to be accepted. */
export interface Acceptable {
  readonly row: NewEntryRow;
  readonly onTwin: NewEntry['onTwin'] | undefined;
}

/** Who was there first, and by which name. */
interface Holder {
  readonly entry: EntryRow;
  readonly over: string;
}

/** What accepting came to, in rows. */
export type Acceptance =
  | ({ readonly kind: 'accepted' } & AcceptedPlace)
  | { readonly kind: 'replayed'; readonly entry: EntryRow }
  | ({ readonly kind: 'conflict' } & Holder)
  | { readonly kind: 'twin'; readonly entry: EntryRow };

/** What is to be accepted together, or not at all. */
export interface AcceptableTogether {
  readonly entries: readonly Acceptable[];
  readonly newestSequence: number;
}

/** What accepting one of several came to: `outdated` where nothing was stored because of another. */
export type AcceptanceTogether = Acceptance | { readonly kind: 'outdated' };

/** The entries that are for the same thing as a new one, by columns as they are stored. */
const ofSameOrder = 'payment_id = :payment_id AND merchant = :merchant AND operation = :operation';

/**
 * Selects the first live entry of the order that a new one is for: one with its content, or with that of
 * another version of it, before or after a resubmission.
 */
const liveTwinQuery = `
  WITH RECURSIVE contents (digest) AS (
    SELECT :content_digest
    UNION SELECT content_digest FROM entries WHERE sequence = :previous
    UNION SELECT content_digest FROM entries WHERE ${ofSameOrder} AND total_minor IS :total_minor AND document = :document
    UNION SELECT other.content_digest FROM contents
      CROSS JOIN entries AS same ON same.payment_id = :payment_id AND same.merchant = :merchant
        AND same.operation = :operation AND same.content_digest = contents.digest
      CROSS JOIN entries AS other ON other.previous = same.sequence OR other.sequence = same.previous
  )
  SELECT ${entryColumns} FROM entry_rows WHERE sequence = (
    SELECT min(sequence) FROM entries JOIN deliveries USING (sequence)
    WHERE entries.payment_id = :payment_id AND entries.merchant = :merchant AND entries.operation = :operation
    AND content_digest IN (SELECT digest FROM contents) AND state <> 'rejected'
  )`;

/** The same document also when one caller wrote out what the settings fill in for another. */
function isSame(one: NewEntryRow, other: NewEntryRow): boolean {
  if (one.content_digest === other.content_digest) return true;
  return one.operation === other.operation && one.document === other.document;
}

/** What came of an acceptance that nothing was there before. */
type Accepted = Extract<Acceptance, { kind: 'accepted' }>;

/** Prepares the writes that store new entries, or return those that were there first. */
export function prepareAccept(database: DatabaseSync, table: EntryTable) {
  const storedColumns = prepareStoredColumns(database, table.names);
  const byKey = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence = (SELECT sequence FROM entries WHERE key = :key)`,
  );
  const byUniqueKey = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows
     WHERE sequence = (SELECT sequence FROM unique_keys WHERE merchant = :merchant AND name = :name)`,
  );
  const beforeInPayment = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE ${ofSameOrder} LIMIT 1`,
  );
  const newer = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE ${ofSameOrder} AND sequence > :newestSequence LIMIT 1`,
  );
  const liveTwin = prepareQuery<EntryRow>(database, liveTwinQuery);
  const unfinishedBefore = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM deliveries WHERE queue = :queue
     AND state NOT IN ('registered', 'rejected') AND awaits IS NULL LIMIT 1`,
  );
  const saleState = prepareSaleState(database);
  const hold = prepareHold(database, table);
  const announce = prepareAnnounce(database);
  const addUniqueKey = prepareQuery(database, 'INSERT INTO unique_keys VALUES (:merchant, :name, :sequence)');

  function holdersOf({ key, merchant }: StoredColumns, uniqueKeys: readonly string[]): Holder[] {
    const keyHolder = byKey.one({ key });
    const holders = keyHolder ? [{ entry: keyHolder, over: 'idempotency-key' }] : [];
    for (const name of uniqueKeys) {
      const entry = byUniqueKey.one({ merchant, name });
      if (entry) holders.push({ entry, over: name });
    }
    return holders;
  }

  function findFirst({ row, onTwin }: Acceptable): Exclude<Acceptance, Accepted> | null {
    const stored = storedColumns(row);
    const uniqueKeys: readonly string[] = JSON.parse(row.claims);
    const holders = holdersOf(stored, uniqueKeys);
    const [first] = holders;
    // The entry with the key decides; only then may another unique key show that the same was accepted
    // before.
    const holder =
      first?.over === 'idempotency-key' ? first : (holders.find((each) => isSame(each.entry, row)) ?? first);
    if (holder) {
      return isSame(holder.entry, row)
        ? { kind: 'replayed', entry: holder.entry }
        : { kind: 'conflict', ...holder };
    }

    // Most payments have nothing yet, and the look for twins is not for free.
    const columns = { ...row, ...stored };
    const twin = onTwin && beforeInPayment.one(columns) && liveTwin.one(columns);
    return twin ? { kind: onTwin === 'replay' ? 'replayed' : 'twin', entry: twin } : null;
  }

  function add({ row }: Acceptable, now: number): Accepted {
    const stored = storedColumns(row);
    const uniqueKeys: readonly string[] = JSON.parse(row.claims);
    const columns = { ...row, ...stored };
    const blocked = unfinishedBefore.one(columns) !== undefined;
    const note = { at: now, details: acceptanceDetails(row) };
    const sale = saleState(row);
    const awaits = sale === 'open' || sale === 'rejected' ? row.depends_on : null;
    const accepted = table.add(acceptedRow(row, { blocked, awaits }, now), stored, note);
    const { sequence, accepted_at, due_at } = accepted;
    for (const name of uniqueKeys) addUniqueKey.run({ merchant: stored.merchant, name, sequence });
    announce(accepted, 'accepted', now);
    const held = sale === 'rejected';
    if (held) hold(accepted, now);
    return { kind: 'accepted', sequence, accepted_at, due_at, held };
  }

  return {
    accept: (given: Acceptable, now: number): Acceptance => findFirst(given) ?? add(given, now),
    acceptTogether({ entries, newestSequence }: AcceptableTogether, now: number): AcceptanceTogether[] {
      const outdated = { kind: 'outdated' } as const;
      const first = entries.map((entry) => findFirst(entry));
      if (first.some((found) => found !== null)) return first.map((found) => found ?? outdated);
      const isOutdated = entries.some(({ row }) =>
        newer.one({ ...row, ...storedColumns(row), newestSequence }),
      );
      return entries.map((entry) => (isOutdated ? outdated : add(entry, now)));
    },
  };
}

/** What an entry waits for from the beginning. */
export interface AcceptedWaits {
  /** Whether an earlier entry of its ordering key is not final. */
  readonly blocked: boolean;
  readonly awaits: EntryRow['awaits'];
}

/** The row of an entry that is accepted now, without its journal row yet. */
export function acceptedRow(
  row: NewEntryRow,
  { blocked, awaits }: AcceptedWaits,
  now: number,
): Omit<EntryRow, 'sequence'> {
  return {
    ...row,
    state: 'accepted',
    accepted_at: now,
    changed_at: now,
    due_at: blocked || awaits !== null ? null : now,
    worker: null,
    fence: 0,
    attempts: 0,
    failures: 0,
    first_attempt_at: null,
    last_attempt_at: null,
    provider_document_id: null,
    registration: null,
    reissue: null,
    reason: null,
    awaits,
    version: 0,
    hash: '',
  };
}
