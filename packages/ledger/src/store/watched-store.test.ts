import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore, type LedgerSignal, type LedgerStore, openSqliteStore } from '@fiscalkit/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newEntry } from './new-entry.fixture.js';
import { watchedStore } from './watched-store.js';

// The threads' programs are files of the built package.

let folder: string;
let store: LedgerStore;
let reported: LedgerSignal[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-watched-'));
  reported = [];
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['in a thread of its own', openSqliteStore],
  ['in this thread', async (settings: { path: string }) => createSqliteStore(settings)],
])('a store %s that fails its callers', (_, open) => {
  it('says so to observers as well, with the database’s own code', async () => {
    const path = join(folder, 'ledger.sqlite');
    store = await open({ path });
    const watched = watchedStore(store, (event) => reported.push(event));
    await watched.accept(newEntry());
    expect(reported).toEqual([]);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(watched.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
    other.exec('ROLLBACK');
    other.close();
    expect(reported).toEqual([
      { type: 'store-error', code: 'ledger.unavailable', cause: 'busy', databaseCode: 'SQLITE_BUSY' },
    ]);
  });

  it('says so when it is closed', async () => {
    store = await open({ path: join(folder, 'ledger.sqlite') });
    const watched = watchedStore(store, (event) => reported.push(event));
    await store.close();
    await expect(watched.figures(1, 1)).rejects.toMatchObject({ code: 'ledger.unavailable' });
    expect(reported).toMatchObject([{ type: 'store-error', code: 'ledger.unavailable', cause: 'closed' }]);
  });
});
