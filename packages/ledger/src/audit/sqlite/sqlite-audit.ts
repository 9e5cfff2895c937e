import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { previousVersion } from '../../entry/operator-action.js';
import type { SealedRow } from '../../journal/block-manifest.js';
import type { StoredSeal } from '../../journal/seal.js';
import { deliveryColumns, type EntryRow, frozenColumns } from '../../store/entry-row.js';
import type { JournalTableRow } from '../../store/journal-table-row.js';
import { openDatabase } from '../../store/sqlite/open-engine.js';
import { prepareQuery } from '../../store/sqlite/query.js';
import { keyOf, queueOf, saleOf, storedId } from '../../store/sqlite/stored-columns.js';
import type { AuditedEntry, AuditMarks, AuditSource } from '../source.js';
import { asDamageError } from './damage-error.js';

/**
 * Numbers of rows in a page: of the journal, of entries with their documents, of seals with their manifests.
 */
const pageSizes = { rows: 1_000, entries: 200, seals: 20 };

/** Most damages that SQLite names. */
const mostDamages = 20;

/** An SQLite ledger under audit: one read transaction, open until it is closed. */
export class SqliteAudit implements AuditSource {
  readonly contiguous = true;
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async damages(): Promise<readonly string[]> {
    const check = `PRAGMA integrity_check(${mostDamages})`;
    const answers = this.#read(() => prepareQuery<{ integrity_check: string }>(this.#database, check).all());
    return answers.map((answer) => answer.integrity_check).filter((answer) => answer !== 'ok');
  }

  async missingGuards(): Promise<readonly string[]> {
    return this.#read(() => missingGuards(this.#database));
  }

  async marks(): Promise<AuditMarks> {
    const sql = 'SELECT name, CAST(seq AS REAL) AS last FROM sqlite_sequence';
    const marks = this.#read(() => prepareQuery<{ name: string; last: number }>(this.#database, sql).all());
    const lastOf = (table: string) => marks.find(({ name }) => name === table)?.last ?? 0;
    return {
      lastPosition: lastOf('journal'),
      lastSequence: lastOf('entries'),
      lastSeal: lastOf('seals'),
      finished: null,
    };
  }

  seals(): AsyncIterable<readonly StoredSeal[]> {
    return this.#pages<StoredSeal>(
      `SELECT CAST(number AS REAL) AS number, CAST(first_position AS REAL) AS firstPosition,
         CAST(last_position AS REAL) AS lastPosition, CAST(rows AS REAL) AS rows, hash, outline AS manifest
       FROM seals ORDER BY seals.number`,
      pageSizes.seals,
    );
  }

  rows(): AsyncIterable<readonly SealedRow[]> {
    return this.#pages<SealedRow>(`
      SELECT CAST(position AS REAL) AS position, entry_id AS entryId, CAST(version AS REAL) AS version, hash
      FROM journal ORDER BY journal.position`);
  }

  entries(): AsyncIterable<readonly AuditedEntry[]> {
    return pagesOf(() => this.#entries(), pageSizes.entries);
  }

  orphans(): AsyncIterable<readonly JournalTableRow[]> {
    return this.#pages<JournalTableRow>(`
      SELECT ${journalColumns} FROM journal
      WHERE NOT EXISTS (
        SELECT 1 FROM entries JOIN deliveries USING (sequence)
        WHERE entries.id IN (unhex(replace(journal.entry_id, '-', '')), journal.entry_id)
      ) ORDER BY journal.position`);
  }

  async row(entryId: string, version: number): Promise<JournalTableRow | null> {
    const sql = `SELECT ${journalColumns} FROM journal WHERE entry_id = :entryId AND version = :version`;
    const query = () => prepareQuery<JournalTableRow>(this.#database, sql).one({ entryId, version });
    return this.#read(query) ?? null;
  }

  async hasEntry(entryId: string): Promise<boolean> {
    const sql = 'SELECT 1 AS found FROM entry_rows WHERE stored_id = :id';
    const query = () => prepareQuery<{ found: 1 }>(this.#database, sql).one({ id: storedId(entryId) });
    return this.#read(query) !== undefined;
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  *#entries(): Iterable<AuditedEntry> {
    const entries = prepareQuery<StoredEntryRow>(
      this.#database,
      `SELECT ${entryColumns}, hex(entries.key) AS stored_key, deliveries.queue, deliveries.awaits AS stored_awaits,
         deliveries.provider = entries.provider AND deliveries.merchant = entries.merchant
           AND deliveries.accepted_at = entries.accepted_at AS agrees,
         (SELECT id FROM entry_rows AS earlier WHERE earlier.sequence = entries.previous) AS previous_id,
         (SELECT count(*) FROM unique_keys WHERE unique_keys.sequence = entries.sequence) AS unique_keys
       FROM entry_rows JOIN entries USING (sequence) JOIN deliveries USING (sequence) ORDER BY entry_rows.sequence`,
    );
    const journal = prepareQuery<JournalTableRow>(
      this.#database,
      `SELECT ${journalColumns} FROM journal WHERE entry_id = :id ORDER BY journal.version`,
    );
    for (const row of entries.each()) {
      yield { row, journal: journal.all({ id: row.id }), disagreeing: disagreeing(row) };
    }
  }

  #pages<Row>(sql: string, pageSize = pageSizes.rows): AsyncIterable<readonly Row[]> {
    return pagesOf(() => prepareQuery<Row>(this.#database, sql).each(), pageSize);
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asDamageError(error);
    }
  }
}

const integers: ReadonlySet<keyof EntryRow> = new Set<keyof EntryRow>([
  'sequence',
  'total_minor',
  'business_time',
  'accepted_at',
  'changed_at',
  'due_at',
  'fence',
  'attempts',
  'failures',
  'first_attempt_at',
  'last_attempt_at',
  'version',
]);

/** Columns of an entry; integers that no `number` can hold come rounded, where the driver would throw. */
const entryColumns = (['sequence', ...frozenColumns, ...deliveryColumns] as const)
  .map((column) =>
    integers.has(column) ? `CAST(entry_rows.${column} AS REAL) AS ${column}` : `entry_rows.${column}`,
  )
  .join(', ');

/** Columns of a journal row, integers likewise rounded. */
const journalColumns = `CAST(journal.position AS REAL) AS position, entry_id, CAST(journal.version AS REAL) AS version,
  CAST(at AS REAL) AS at, from_state, to_state, details, hash`;

/** An entry with what is derived from it, as it is stored. */
interface StoredEntryRow extends EntryRow {
  readonly stored_key: string;
  readonly queue: number;
  readonly stored_awaits: number | null;
  readonly agrees: 0 | 1;
  readonly previous_id: string | null;
  readonly unique_keys: number;
}

/** Returns the columns that should follow from the frozen ones and don't. */
function disagreeing(row: StoredEntryRow): string[] {
  const { depends_on, stored_awaits, state } = row;
  const keys = parseKeys(row.claims);
  const wrong = {
    key: Buffer.from(keyOf(row)).toString('hex').toUpperCase() !== row.stored_key,
    previous: row.previous_id !== null && row.previous_id !== previousVersion(row.idempotency_key),
    'its row in deliveries': !row.agrees || row.queue !== queueOf(row.ordering_key),
    awaits: stored_awaits !== null && stored_awaits !== saleOf({ ...row, operation_type: depends_on }),
    'its unique keys': state !== 'rejected' && keys !== null && keys.length !== row.unique_keys,
  };
  return Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
}

function parseKeys(claims: string): readonly unknown[] | null {
  try {
    return JSON.parse(claims);
  } catch {
    return null;
  }
}

interface Guard {
  readonly name: string;
  readonly sql: string;
}

/** Returns the append-only triggers that a new ledger has and this one lacks, or has in another wording. */
function missingGuards(database: DatabaseSync): string[] {
  const present = new Map(guardsOf(database).map(({ name, sql }) => [name, sql]));
  const fresh = openDatabase(':memory:');
  try {
    return guardsOf(fresh).flatMap(({ name, sql }) => (present.get(name) === sql ? [] : [name]));
  } finally {
    fresh.close();
  }
}

function guardsOf(database: DatabaseSync): Guard[] {
  const guards =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'seals')";
  return prepareQuery<Guard>(database, guards).all();
}

/** Yields rows in pages, and lets the process do other things in between. */
async function* pagesOf<Row>(rows: () => Iterable<Row>, pageSize: number): AsyncIterable<readonly Row[]> {
  try {
    let page: Row[] = [];
    for (const row of rows()) {
      page.push(row);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
      await setImmediate();
    }
    yield page;
  } catch (error) {
    throw asDamageError(error);
  }
}
