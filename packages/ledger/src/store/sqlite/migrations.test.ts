import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openSqliteAudit } from '../../audit/sqlite/open-sqlite-audit.js';
import { sha256Hex } from '../../journal/digest.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';
import { currentVersion, migrate, steps } from './migrations.js';

/** The digests of the published versions: their text is never changed. */
const published = ['a39b1ddfd94ba6e6c79b121b516c4cf69ba5221ef1d929ce2d57a69682000153'];

/** What a later version may do to tables that are in use. */
const adds =
  /^(?:CREATE (?:UNIQUE )?(?:TABLE|INDEX|VIEW|TRIGGER)|ALTER TABLE \w+ ADD COLUMN|INSERT INTO|UPDATE) /;

/** Returns the first words of the statements of a step that change what is there. */
function changesOf(step: string): string[] {
  const statements = step.replaceAll(/BEGIN.*?END(?=;)/gs, '').split(';');
  return statements.map((statement) => statement.trim()).filter((text) => text !== '' && !adds.test(text));
}

/** Returns all that makes up a database's tables, by name, with their columns in order. */
function schemaOf(database: DatabaseSync): unknown {
  const objects = database
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
    .all();
  return objects.map(({ type, name, tbl_name, sql }) => ({
    type,
    name,
    table: tbl_name,
    // A column that was added stands in the text where ALTER TABLE puts it.
    ...(type === 'table'
      ? { columns: database.prepare('SELECT * FROM pragma_table_info(?)').all(String(name)) }
      : { sql }),
  }));
}

function databaseOf(versions: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database, versions);
  return database;
}

/** A version after all that there are, as a later release might bring it. */
const later = `
  CREATE TABLE later (number INTEGER PRIMARY KEY) STRICT;
  ALTER TABLE entries ADD COLUMN later INTEGER;
  CREATE INDEX entries_later ON entries (later) WHERE later IS NOT NULL;
`;

it('keeps the text of every published version', () => {
  expect(steps.map(sha256Hex)).toEqual(published);
});

it('only adds to the version before', () => {
  for (const step of [...steps.slice(1), later]) expect(changesOf(step)).toEqual([]);
  expect(changesOf('DROP INDEX a; ALTER TABLE b RENAME TO c; CREATE TABLE d (e)')).toHaveLength(2);
});

it.each(steps.map((_, index) => index + 1))('makes a ledger of version %i what a new one is', (version) => {
  const upgraded = databaseOf(steps.slice(0, version));
  migrate(upgraded);
  expect(schemaOf(upgraded)).toEqual(schemaOf(databaseOf(steps)));
});

it('makes a ledger of this release what a later one makes anew', () => {
  const upgraded = databaseOf(steps);
  migrate(upgraded, [...steps, later]);
  expect(schemaOf(upgraded)).toEqual(schemaOf(databaseOf([...steps, later])));
  expect(schemaOf(upgraded)).not.toEqual(schemaOf(databaseOf(steps)));
});

it('refuses a ledger of before the first version, and leaves it as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-versions-'));
  const path = join(folder, 'ledger.sqlite');
  const old = new DatabaseSync(path);
  old.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE entries (a); CREATE TABLE journal (a); PRAGMA user_version = 6',
  );
  old.close();
  const before = readFileSync(path);
  const refusal = expect.objectContaining({
    code: 'ledger.unpublished',
    message: expect.stringContaining('move it aside'),
    retryable: false,
  });
  expect(() => createSqliteStore({ path })).toThrow(refusal);
  expect(() => openSqliteAudit(path)).toThrow(refusal);
  expect(readFileSync(path)).toEqual(before);
  rmSync(folder, { recursive: true });
});

it.each([
  ['of something else', 'CREATE TABLE orders (a)', 'ledger.foreign'],
  ['with tables of our names', 'CREATE TABLE entries (a); CREATE TABLE journal (a)', 'ledger.foreign'],
  [
    'that is marked as of something else',
    'CREATE TABLE orders (a); PRAGMA application_id = 7',
    'ledger.foreign',
  ],
  ['with a version of its own', 'CREATE TABLE orders (a); PRAGMA user_version = -1', 'ledger.unpublished'],
])('refuses a database %s, and leaves it as it is', (_name, made, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-versions-'));
  const path = join(folder, 'shop.sqlite');
  const shop = new DatabaseSync(path);
  shop.exec(made);
  shop.close();
  const before = readFileSync(path);
  const refusal = expect.objectContaining({ code, retryable: false });
  expect(() => createSqliteStore({ path })).toThrow(refusal);
  expect(readFileSync(path)).toEqual(before);
  rmSync(folder, { recursive: true });
});

it('marks the ledger with its version', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-versions-'));
  const path = join(folder, 'ledger.sqlite');
  const store = createSqliteStore({ path });
  await store.accept(newEntry());
  await store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: currentVersion });
  expect(database.prepare('PRAGMA application_id').get()).not.toEqual({ application_id: 0 });
  database.close();
  rmSync(folder, { recursive: true });
});
