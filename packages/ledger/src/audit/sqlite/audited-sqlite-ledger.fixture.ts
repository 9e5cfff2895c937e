import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { writeBlockRows } from '../../journal/journal-block.js';
import { deliveryColumns, frozenColumns } from '../../store/entry-row.js';
import { type JournalTableRow, journalRowOf } from '../../store/journal-table-row.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import { createSqliteStore } from '../../store/sqlite/create-sqlite-store.js';
import { prepareQuery } from '../../store/sqlite/query.js';
import { storedDigest, storedId } from '../../store/sqlite/stored-columns.js';
import type { AuditedLedger } from '../contract/audited-ledger.fixture.js';
import { openSqliteAudit } from './open-sqlite-audit.js';

/** Names stay: the store that is open knows their numbers. */
const tables = [
  'entries',
  'deliveries',
  'registrations',
  'reissues',
  'unique_keys',
  'journal',
  'sqlite_sequence',
];

/** An SQLite ledger in a folder of its own, which goes when it is closed. */
export async function openAuditedSqliteLedger(): Promise<AuditedLedger & { readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-audit-'));
  const path = join(folder, 'ledger.sqlite');
  const store = createSqliteStore({ path });
  const run = (...statements: readonly string[]) =>
    withDatabase(path, (database) => database.exec(statements.join(';\n')));
  const tamper = async (...statements: readonly string[]) =>
    withoutGuards(path, (database) => {
      for (const statement of readable) database.exec(statement);
      for (const statement of statements) database.exec(statement);
      storeJournal(database);
      for (const statement of asStored) database.exec(statement);
    });
  return {
    path,
    store,
    contiguous: true,
    tamper,
    run: async (statement) => run(statement),
    openAudit: async () => openSqliteAudit(path),
    // A group of accepts of which one fails is rolled back, and done one by one.
    async disturb(going) {
      while (going()) {
        const { id } = (await store.accept(newEntry())).entry;
        const outcomes = await Promise.allSettled([
          store.accept(newEntry()),
          store.accept(newEntry({ id, idempotencyKey: `again:${id}` })),
          store.accept(newEntry()),
        ]);
        if (outcomes[1]?.status === 'fulfilled') throw new Error('an id was given twice');
      }
    },
    save: async () => run(...tables.map((table) => `CREATE TABLE saved_${table} AS SELECT * FROM ${table}`)),
    reset: () =>
      tamperStored(
        path,
        ...tables.flatMap((table) => [
          `DELETE FROM ${table}`,
          `INSERT INTO ${table} SELECT * FROM saved_${table}`,
        ]),
      ),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
    later: (column) => `${column} + 1`,
    replaced: (column, kind, from, to) => {
      const replaced = `replace(CAST(${column} AS TEXT), '${from}', '${to}')`;
      return kind === 'bytes' ? `CAST(${replaced} AS BLOB)` : replaced;
    },
  };
}

/** Runs statements on the tables as they are stored, with the guards out of the way. */
export async function tamperStored(path: string, ...statements: readonly string[]): Promise<void> {
  withoutGuards(path, (database) => {
    for (const statement of statements) database.exec(statement);
  });
}

function withoutGuards(path: string, work: (database: DatabaseSync) => void): void {
  withDatabase(path, (database) => {
    const guards = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'";
    const found = prepareQuery<{ name: string; sql: string }>(database, guards).all();
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    for (const { name } of found) database.exec(`DROP TRIGGER ${name}`);
    work(database);
    for (const { sql } of found) database.exec(sql);
    database.exec('COMMIT');
  });
}

/** Puts readable copies in the place of the tables whose columns are stored in other forms. */
const readable = [
  `CREATE TEMP TABLE entries AS SELECT sequence AS place, sequence, ${frozenColumns.join(', ')} FROM entry_rows`,
  `CREATE TEMP TABLE deliveries AS SELECT sequence AS place, sequence, ${deliveryColumns.join(', ')} FROM entry_rows`,
  `CREATE TEMP TABLE journal (position INTEGER PRIMARY KEY, entry_id TEXT, version INTEGER, at INTEGER, from_state TEXT,
     to_state TEXT, details TEXT, hash TEXT, previous_block INTEGER)`,
  `INSERT INTO temp.journal SELECT position, entry_id, version, at, from_state, to_state, details, hash, previous_block
   FROM journal_rows`,
];

/** Stores the rows of the readable journal, each in the block whose place it stands in. */
function storeJournal(database: DatabaseSync): void {
  const blocks = prepareQuery<{ number: number; facts: string; first: number }>(
    database,
    'SELECT number, facts, first_position AS first FROM main.journal ORDER BY number',
  ).all();
  const rows = prepareQuery<JournalTableRow & { readonly previous_block: number | null }>(
    database,
    `SELECT CAST(position AS REAL) AS position, entry_id, version, at, from_state, to_state, details, hash, previous_block
     FROM temp.journal ORDER BY temp.journal.position`,
  ).all();
  const blockOf = (position: number) => blocks.findLast(({ first }) => first <= position) ?? blocks[0];
  const store = prepareQuery(database, 'UPDATE main.journal SET facts = :facts WHERE number = :number');
  for (const block of blocks) {
    const own = rows
      .filter(({ position }) => blockOf(position) === block)
      .map((row) => ({ ...journalRowOf(row), previousBlock: row.previous_block }));
    const facts = writeBlockRows(own);
    if (facts !== block.facts) store.run({ number: block.number, facts });
  }
  database.exec('DROP TABLE temp.journal');
}

const numberOf = (name: string) => `(SELECT number FROM names WHERE name = copy.${name})`;
const unchanged = (columns: readonly string[]) => columns.map((column) => `${column} = copy.${column}`);

const entryAssignments = [
  ...unchanged(['sequence', 'idempotency_key', 'claims', 'ordering_key', 'payment_id', 'operation_type']),
  ...unchanged([
    'total_minor',
    'depends_on',
    'reference',
    'business_time',
    'accepted_at',
    'document',
    'body',
  ]),
  ...['merchant', 'provider', 'operation'].map((name) => `${name} = ${numberOf(name)}`),
  'id = stored_id(copy.id)',
  'content_digest = stored_digest(copy.content_digest)',
];

const deliveryAssignments = [
  ...unchanged([
    'sequence',
    'state',
    'changed_at',
    'due_at',
    'fence',
    'attempts',
    'failures',
    'first_attempt_at',
  ]),
  ...unchanged(['last_attempt_at', 'provider_document_id', 'reason', 'version']),
  ...['account', 'worker'].map((name) => `${name} = ${numberOf(name)}`),
  'hash = stored_digest(copy.hash)',
  "awaits = CASE typeof(copy.awaits) WHEN 'text' THEN stored.awaits ELSE copy.awaits END",
];

/** Stores the readable copies. */
const asStored = [
  ...['merchant', 'provider', 'operation'].map(
    (name) => `INSERT OR IGNORE INTO names (name) SELECT ${name} FROM temp.entries`,
  ),
  'DELETE FROM registrations',
  'INSERT INTO registrations SELECT sequence, registration FROM temp.deliveries WHERE registration IS NOT NULL',
  ...Object.entries({ entries: entryAssignments, deliveries: deliveryAssignments }).flatMap(
    ([table, assignments]) => [
      `DELETE FROM main.${table} WHERE sequence NOT IN (SELECT place FROM temp.${table})`,
      `UPDATE main.${table} AS stored SET ${assignments.join(', ')} FROM temp.${table} AS copy
       WHERE stored.sequence = copy.place`,
      `DROP TABLE temp.${table}`,
    ],
  ),
];

function withDatabase<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  database.function('stored_id', (id) => storedId(String(id)));
  database.function('stored_digest', (digest) => storedDigest(String(digest)));
  try {
    return work(database);
  } finally {
    database.close();
  }
}
