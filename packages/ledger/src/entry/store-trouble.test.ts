import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { ledgerUnavailable } from '../store/errors.js';
import { storeTroubleOf } from './store-trouble.js';

const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-trouble-'));

/** An error as PostgreSQL's driver makes it, with a secret in its words. */
function postgresError(code: string): Error {
  return Object.assign(new Error('password "hunter2" of user "me"'), { severity: 'FATAL', code });
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

it.each([
  ['53100', 'disk-full'],
  ['28P01', 'login-refused'],
  ['28000', 'login-refused'],
  ['25006', 'read-only'],
  ['57P01', 'restarting'],
  ['57P03', 'restarting'],
  ['57014', 'timeout'],
  ['53300', 'too-many-connections'],
  ['3D000', 'database-missing'],
  ['42501', 'permission-denied'],
  ['42P01', 'schema'],
  ['08006', 'connection-lost'],
  ['XX001', 'damaged'],
  ['99999', 'other'],
])('of PostgreSQL’s %s, the cause is %s', (code, cause) => {
  expect(storeTroubleOf(ledgerUnavailable(postgresError(code)))).toEqual({ cause, databaseCode: code });
});

it('knows the troubles of SQLite', () => {
  const path = join(folder, 'ledger.sqlite');
  const full = new DatabaseSync(path);
  full.exec('CREATE TABLE sample (text); PRAGMA max_page_count = 3');
  const fill = () => full.exec(`INSERT INTO sample VALUES (zeroblob(100000))`);
  expect(storeTroubleOf(ledgerUnavailable(thrownBy(fill)))).toEqual({
    cause: 'disk-full',
    databaseCode: 'SQLITE_FULL',
  });
  full.close();
  const reader = new DatabaseSync(path, { readOnly: true });
  const write = () => reader.exec('DELETE FROM sample');
  expect(storeTroubleOf(ledgerUnavailable(thrownBy(write)))).toMatchObject({ cause: 'read-only' });
  reader.close();
  writeFileSync(path, 'no database');
  const damaged = new DatabaseSync(path);
  const read = () => damaged.exec('SELECT * FROM sample');
  expect(storeTroubleOf(ledgerUnavailable(thrownBy(read)))).toMatchObject({ cause: 'damaged' });
  damaged.close();
});

it('knows the troubles of connections', async () => {
  const refused = await new Promise((resolve) => connect(1, '127.0.0.1').on('error', resolve));
  expect(storeTroubleOf(ledgerUnavailable(refused))).toEqual({
    cause: 'unreachable',
    databaseCode: 'ECONNREFUSED',
  });
  const late = new Error('timeout exceeded when trying to connect');
  expect(storeTroubleOf(ledgerUnavailable(late))).toEqual({ cause: 'timeout' });
});

it('quotes no words, whatever stands in the place of a code', () => {
  const odd = Object.assign(new Error('hunter2'), { code: 'hunter2 of me@host' });
  expect(JSON.stringify(storeTroubleOf(ledgerUnavailable(odd)))).not.toContain('hunter2');
  expect(storeTroubleOf(new Error('hunter2'))).toBeNull();
});
