import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newEntry } from '../../store/new-entry.fixture.js';
import { prepareQuery } from '../../store/sqlite/query.js';
import { createSqliteStore } from '../../store/sqlite/sqlite-store.js';
import type { AuditedLedger } from '../contract/audited-ledger.fixture.js';
import { openSqliteAudit } from './open-sqlite-audit.js';

const tables = ['entries', 'claims', 'journal', 'seals', 'sqlite_sequence'];

/** An SQLite ledger in a folder of its own, which goes when it is closed. */
export async function openAuditedSqliteLedger(): Promise<AuditedLedger & { readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-audit-'));
  const path = join(folder, 'ledger.sqlite');
  const store = createSqliteStore({ path });
  const run = (...statements: readonly string[]) =>
    withDatabase(path, (database) => {
      database.exec(
        ['PRAGMA synchronous = OFF', 'BEGIN', ...statements.map(inOneTable), 'COMMIT'].join(';\n'),
      );
    });
  const tamper = async (...statements: readonly string[]) => {
    const guards = guardsOf(path);
    run(...guards.map(({ name }) => `DROP TRIGGER ${name}`), ...statements, ...guards.map(({ sql }) => sql));
  };
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
      tamper(
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

function guardsOf(path: string): { readonly name: string; readonly sql: string }[] {
  const guards =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'seals')";
  return withDatabase(path, (database) =>
    prepareQuery<{ name: string; sql: string }>(database, guards).all(),
  );
}

/** SQLite has in one table what PostgreSQL has in two. */
function inOneTable(statement: string): string {
  return statement.replaceAll('deliveries', 'entries');
}

function withDatabase<Result>(path: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
