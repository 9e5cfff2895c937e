import type { DatabaseSync } from 'node:sqlite';
import type { NewEntry } from '../../entry/entry.js';
import { previousVersion, versionPrefix } from '../../entry/operator-action.js';
import { acceptanceDetails } from '../../journal/details.js';
import type { AcceptedPlace, EntryRow, NewEntryRow } from '../entry-row.js';
import { prepareHold, prepareSaleState } from './dependents.js';
import type { EntryTable } from './entry-table.js';
import { prepareAnnounce } from './events.js';
import { prepareQuery } from './query.js';

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

/**
 * Selects the first live entry of the order that a new one is for: one with its content, or with that of
 * another version of it, before or after a resubmission.
 */
const liveTwinQuery = `
  WITH RECURSIVE contents (digest) AS (
    SELECT :content_digest
    UNION SELECT content_digest FROM entries WHERE id = :predecessor AND merchant = :merchant
    UNION SELECT content_digest FROM entries WHERE payment_id = :payment_id AND merchant = :merchant
      AND operation = :operation AND total_minor IS :total_minor AND document = :document
    UNION SELECT other.content_digest FROM contents
      CROSS JOIN entries AS same ON same.payment_id = :payment_id AND same.merchant = :merchant
        AND same.operation = :operation AND same.content_digest = contents.digest
      CROSS JOIN entries AS other ON other.merchant = same.merchant AND (
        other.idempotency_key = '${versionPrefix}' || same.id
        OR other.id = iif(instr(same.idempotency_key, '${versionPrefix}') = 1, substr(same.idempotency_key, ${versionPrefix.length + 1}), NULL)
      )
  )
  SELECT * FROM entries WHERE payment_id = :payment_id AND merchant = :merchant AND operation = :operation
  AND content_digest IN (SELECT digest FROM contents) AND state <> 'rejected' ORDER BY sequence LIMIT 1`;

/** The same document also when one caller wrote out what the settings fill in for another. */
function isSame(one: NewEntryRow, other: NewEntryRow): boolean {
  if (one.content_digest === other.content_digest) return true;
  return one.operation === other.operation && one.document === other.document;
}

/** Prepares the write that stores a new entry, or returns the one that was there first. */
export function prepareAccept(database: DatabaseSync, table: EntryTable) {
  const byKey = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE merchant = :merchant AND idempotency_key = :idempotency_key',
  );
  const byClaim = prepareQuery<EntryRow>(
    database,
    `SELECT entries.* FROM claims JOIN entries USING (sequence)
     WHERE claims.merchant = :merchant AND claims.name = :name`,
  );
  const beforeInPayment = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries
     WHERE payment_id = :payment_id AND merchant = :merchant AND operation = :operation LIMIT 1`,
  );
  const liveTwin = prepareQuery<EntryRow>(database, liveTwinQuery);
  const unfinishedBefore = prepareQuery<{ found: 1 }>(
    database,
    `SELECT 1 AS found FROM entries WHERE ordering_key = :ordering_key
     AND state NOT IN ('registered', 'rejected') AND awaits IS NULL LIMIT 1`,
  );
  const saleState = prepareSaleState(database);
  const hold = prepareHold(database, table);
  const announce = prepareAnnounce(database);
  const addUniqueKey = prepareQuery(database, 'INSERT INTO claims VALUES (:merchant, :name, :sequence)');

  function holdersOf(row: NewEntryRow, uniqueKeys: readonly string[]): Holder[] {
    const keyHolder = byKey.one(row);
    const holders = keyHolder ? [{ entry: keyHolder, over: 'idempotency-key' }] : [];
    for (const name of uniqueKeys) {
      const entry = byClaim.one({ merchant: row.merchant, name });
      if (entry) holders.push({ entry, over: name });
    }
    return holders;
  }

  return ({ row, onTwin }: Acceptable, now: number): Acceptance => {
    const uniqueKeys: readonly string[] = JSON.parse(row.claims);
    const holders = holdersOf(row, uniqueKeys);
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
    const twin =
      onTwin &&
      beforeInPayment.one(row) &&
      liveTwin.one({ ...row, predecessor: previousVersion(row.idempotency_key) });
    if (twin) return { kind: onTwin === 'replay' ? 'replayed' : 'twin', entry: twin };

    const blocked = unfinishedBefore.one(row) !== undefined;
    const note = { at: now, details: acceptanceDetails(row) };
    const sale = saleState(row);
    const awaits = sale === 'open' || sale === 'rejected' ? row.depends_on : null;
    const accepted = table.add(acceptedRow(row, { blocked, awaits }, now), note);
    const { sequence, accepted_at, due_at } = accepted;
    for (const name of uniqueKeys) addUniqueKey.run({ merchant: row.merchant, name, sequence });
    announce(accepted, 'accepted', now);
    const held = sale === 'rejected';
    if (held) hold(accepted, now);
    return { kind: 'accepted', sequence, accepted_at, due_at, held };
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
    reason: null,
    awaits,
    version: 0,
    hash: '',
  };
}
