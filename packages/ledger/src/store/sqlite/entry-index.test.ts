import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { found, updateIndex } from '../contract/entry-index.contract.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-index-'));
  path = join(folder, 'ledger.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const shop = { filter: { merchant: 'shop' } } as const;

describe('the index of entries in a file', () => {
  it('takes in what was accepted before the process died', async () => {
    const store = createSqliteStore({ path });
    const first = await store.accept(newEntry());
    await updateIndex(store);
    const second = await store.accept(newEntry());
    // What a crash leaves: all that was committed, and no closing of files.
    for (const end of ['', '-wal']) copyFileSync(path + end, join(folder, `crashed.sqlite${end}`));
    await store.close();
    const again = createSqliteStore({ path: join(folder, 'crashed.sqlite') });
    expect(await found(again, shop)).toEqual([first.entry.id]);
    expect(await again.entryIndex.lagMs()).toBeGreaterThan(0);
    await updateIndex(again);
    expect(await found(again, shop)).toEqual([second.entry.id, first.entry.id]);
    await again.close();
  });

  it('goes on in the middle of a block', async () => {
    const store = createSqliteStore({ path });
    const outcomes = await Promise.all(Array.from({ length: 400 }, () => store.accept(newEntry())));
    let updates = 1;
    while (await store.entryIndex.update()) updates += 1;
    expect(updates).toBeGreaterThan(1);
    const ids = outcomes.map(({ entry }) => entry.id).toReversed();
    expect(await found(store, shop)).toEqual(ids);
    await store.close();
  });

  it('is made anew from the journal where it is gone', async () => {
    const store = createSqliteStore({ path });
    const { entry } = await store.accept(newEntry());
    await updateIndex(store);
    await store.close();
    const database = new DatabaseSync(path);
    for (const table of ['keys', 'entries', 'groups', 'parts']) database.exec(`DELETE FROM search_${table}`);
    database.exec('UPDATE search_progress SET block = 0, rows = 0, sequence = 0');
    database.close();
    const again = createSqliteStore({ path });
    await updateIndex(again);
    expect(await found(again, shop)).toEqual([entry.id]);
    expect(await found(again, { text: '5.00' })).toEqual([entry.id]);
    await again.close();
  });
});
