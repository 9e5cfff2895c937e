import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { claimDue } from '../claim-due.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import { openDatabase } from './open-engine.js';
import { SqliteEngine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';

let database: DatabaseSync;
let store: SqliteStore;

function open(): void {
  const time = { now: Date.now, elapsed: Date.now };
  store = new SqliteStore(new SqliteEngine({ database, time, release: () => {} }));
}

beforeEach(() => {
  database = openDatabase(':memory:');
  open();
});

afterEach(() => store.close());

const claimAll = { provider: 'memory', limit: 100, leaseMs: 60_000, worker: 'one' };
const registered = { to: 'registered', dueInMs: null, failures: 0 } as const;

const blocks = () =>
  database
    .prepare('SELECT number, first_position AS first, rows FROM journal')
    .all()
    .map((row) => ({ ...row }));

it('keeps the rows of a commit in one block, and finds those of an entry from block to block', async () => {
  const entries = Array.from({ length: 4 }, () => newEntry());
  await Promise.all(entries.map((entry) => store.accept(entry)));
  const claims = await claimDue(store, claimAll);
  await Promise.all(
    claims.map(({ entry, fence }) => store.settle({ id: entry.id, fence, transition: registered })),
  );
  expect(blocks()).toEqual([
    { number: 1, first: 1, rows: 4 },
    { number: 2, first: 5, rows: 4 },
    { number: 3, first: 9, rows: 4 },
  ]);
  for (const { id } of entries) {
    const rows = await store.journal(id);
    expect(rows.map(({ to }) => to)).toEqual(['accepted', 'sending', 'registered']);
    expect(firstBrokenRow(rows)).toBeNull();
  }
});

it('keeps several rows of an entry in one block', async () => {
  await store.accept(newEntry());
  await claimDue(store, claimAll);
  open();
  const [found] = await claimDue(store, claimAll);
  const rows = await store.journal(found?.entry.id ?? '');
  expect(rows.map(({ to }) => to)).toEqual(['accepted', 'sending', 'unknown']);
  expect(firstBrokenRow(rows)).toBeNull();
});

it('leaves no gap where a commit was refused', async () => {
  await store.accept(newEntry());
  database.exec('PRAGMA query_only = ON');
  await expect(store.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
  database.exec('PRAGMA query_only = OFF');
  await store.accept(newEntry());
  expect(blocks()).toEqual([
    { number: 1, first: 1, rows: 1 },
    { number: 2, first: 2, rows: 1 },
  ]);
});

it('shows the rows to people', async () => {
  const { entry } = await store.accept(newEntry());
  const rows = database.prepare('SELECT * FROM journal_rows').all();
  expect(rows).toMatchObject([
    { block: 1, position: 1, entry_id: entry.id, version: 1, from_state: null, to_state: 'accepted' },
  ]);
});

it('ends where a block is not there any more', async () => {
  const { entry } = await store.accept(newEntry());
  await claimDue(store, claimAll);
  database.exec('DROP TRIGGER journal_keeps_rows; DELETE FROM journal WHERE number = 1');
  expect((await store.journal(entry.id)).map(({ version }) => version)).toEqual([2]);
});
