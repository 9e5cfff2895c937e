import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { previousVersion } from '../../entry/operator-action.js';
import { type BlockRow, readBlockRows } from '../../journal/journal-block.js';
import { deliveryColumns, type EntryRow, frozenColumns } from '../../store/entry-row.js';
import type { JournalTableRow } from '../../store/journal-table-row.js';
import { numberOfName } from '../../store/sqlite/names.js';
import { openDatabase } from '../../store/sqlite/open-engine.js';
import { prepareQuery, type Query } from '../../store/sqlite/query.js';
import { keyOf, queueOf, saleOf, storedId } from '../../store/sqlite/stored-columns.js';
import { holdsUniqueKeys } from '../entry-differences.js';
import type { AuditedBlocks, AuditedEntries, AuditedEntry, AuditMarks, StoredBlock } from '../source.js';
import { asDamageError } from './damage-error.js';

/** Numbers of rows in a page: of entries with their documents, of blocks, of rows without an entry. */
const pageSizes = { entries: 200, blocks: 50, orphans: 1_000 };

/** Most damages that SQLite names. */
const mostDamages = 20;

/** An SQLite ledger under audit: one read transaction, open until it is closed. */
export class SqliteAudit implements AuditedEntries, AuditedBlocks {
  readonly contiguous = true;
  readonly #database: DatabaseSync;
  readonly #factsOf: Query<{ readonly facts: string }>;
  readonly #parsed = new Map<number, readonly JournalTableRow[]>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#factsOf = prepareQuery(database, 'SELECT facts FROM journal WHERE number = :number');
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
      lastPosition: 0,
      lastSequence: lastOf('entries'),
      lastSeal: lastOf('journal'),
      finished: null,
    };
  }

  blocks(): AsyncIterable<readonly StoredBlock[]> {
    return pagesOf(() => this.#blocks(), pageSizes.blocks);
  }

  entries(): AsyncIterable<readonly AuditedEntry[]> {
    return pagesOf(() => this.#entries(), pageSizes.entries);
  }

  orphans(): AsyncIterable<readonly JournalTableRow[]> {
    return pagesOf(() => this.#orphans(), pageSizes.orphans);
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  /** Yields the blocks, and notes in a temporary table which of them has which row. */
  *#blocks(): Iterable<StoredBlock> {
    this.#database.exec(placesTable);
    const note = prepareQuery(
      this.#database,
      'INSERT OR IGNORE INTO temp.places VALUES (:entryId, :version, :position, :number)',
    );
    const blocks = prepareQuery<Omit<StoredBlock, 'parsed'>>(
      this.#database,
      `SELECT CAST(number AS REAL) AS number, CAST(at AS REAL) AS at, CAST(first_position AS REAL) AS firstPosition,
         CAST(rows AS REAL) AS rows, facts, lower(hex(hash)) AS hash
       FROM journal ORDER BY journal.number`,
    );
    for (const block of blocks.each()) {
      const parsed = readBlockRows(block.facts);
      for (const row of parsed ?? []) note.run({ ...row, number: block.number });
      yield { ...block, parsed };
    }
  }

  *#entries(): Iterable<AuditedEntry> {
    const entries = prepareQuery<StoredEntryRow>(
      this.#database,
      `SELECT ${entryColumns}, hex(entries.key) AS stored_key, deliveries.queue, deliveries.awaits AS stored_awaits,
         deliveries.provider = entries.provider AND deliveries.merchant = entries.merchant
           AND deliveries.accepted_at = entries.accepted_at AS agrees,
         CAST(entries.previous AS REAL) AS previous,
         (SELECT json_group_array(name) FROM unique_keys
          WHERE unique_keys.sequence = entries.sequence AND unique_keys.merchant = entries.merchant) AS unique_keys,
         CAST(deliveries.block AS REAL) AS block
       FROM entry_rows JOIN entries USING (sequence) JOIN deliveries USING (sequence) ORDER BY entry_rows.sequence`,
    );
    const places = prepareQuery<{ number: number }>(
      this.#database,
      'SELECT DISTINCT number FROM temp.places WHERE entry_id = :id',
    );
    const earlier = prepareQuery<{ sequence: number }>(
      this.#database,
      `SELECT sequence FROM entries WHERE id = :id AND merchant = ${numberOfName('merchant')} AND sequence < :sequence`,
    );
    for (const row of entries.each()) {
      const numbers = places.all({ id: row.id }).map(({ number }) => number);
      const journal = numbers
        .flatMap((number) => this.#rowsIn(number))
        .filter(({ entry_id }) => entry_id === row.id);
      journal.sort((one, other) => one.version - other.version || one.position - other.position);
      const previousId = previousVersion(row.idempotency_key);
      const previous = previousId === null ? undefined : earlier.one({ ...row, id: storedId(previousId) });
      yield { row, journal, disagreeing: disagreeing(row, previous?.sequence ?? null) };
    }
  }

  *#orphans(): Iterable<JournalTableRow> {
    const orphans = prepareQuery<{ number: number; position: number }>(
      this.#database,
      `SELECT number, position FROM temp.places WHERE NOT EXISTS (
         SELECT 1 FROM entries JOIN deliveries USING (sequence)
         WHERE entries.id IN (unhex(replace(places.entry_id, '-', '')), places.entry_id)
       ) ORDER BY position`,
    );
    for (const { number, position } of orphans.each()) {
      yield* this.#rowsIn(number).filter((row) => row.position === position);
    }
  }

  /** Returns the rows of a block; the rows of an entry are mostly in blocks that its neighbours have read. */
  #rowsIn(number: number): readonly JournalTableRow[] {
    const known = this.#parsed.get(number);
    if (known) return known;
    const facts = this.#factsOf.one({ number })?.facts ?? '';
    const rows = (readBlockRows(facts) ?? []).map((row) => tableRowOf(row, number));
    const [oldest] = this.#parsed.keys();
    if (this.#parsed.size >= mostParsed && oldest !== undefined) this.#parsed.delete(oldest);
    this.#parsed.set(number, rows);
    return rows;
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

/** Which block has which row; kept in memory while it is small. */
const placesTable = `CREATE TEMP TABLE IF NOT EXISTS places (
  entry_id TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (entry_id, version, position, number)
) WITHOUT ROWID`;

/** Most blocks that are kept parsed. */
const mostParsed = 200;

function tableRowOf(
  { position, entryId, version, at, from, to, details, hash }: BlockRow,
  block: number,
): JournalTableRow {
  return {
    position,
    entry_id: entryId,
    version,
    at: at.getTime(),
    from_state: from,
    to_state: to,
    details,
    hash,
    block,
  };
}

/** An entry with what is derived from it, as it is stored. */
interface StoredEntryRow extends EntryRow {
  readonly stored_key: string;
  readonly queue: number;
  readonly stored_awaits: number | null;
  readonly agrees: 0 | 1;
  readonly previous: number | null;
  readonly unique_keys: string;
}

/** Returns the columns that should follow from the frozen ones and don't. */
function disagreeing(row: StoredEntryRow, previous: number | null): string[] {
  const { depends_on, stored_awaits } = row;
  const wrong = {
    key: Buffer.from(keyOf(row)).toString('hex').toUpperCase() !== row.stored_key,
    previous: row.previous !== previous,
    'its row in deliveries': !row.agrees || row.queue !== queueOf(row.ordering_key),
    awaits: stored_awaits !== null && stored_awaits !== saleOf({ ...row, operation_type: depends_on }),
    'its unique keys': !holdsUniqueKeys(row, JSON.parse(row.unique_keys)),
  };
  return Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [name] : []));
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
  const guards = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'";
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
