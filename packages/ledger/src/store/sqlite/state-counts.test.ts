import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import { openDatabase } from './open-engine.js';
import { SqliteEngine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';

let database: DatabaseSync;
let store: SqliteStore;

beforeEach(() => {
  database = openDatabase(':memory:');
  const time = { now: Date.now, elapsed: Date.now };
  store = new SqliteStore(new SqliteEngine({ database, time, release: () => {} }));
});

afterEach(() => store.close());

const counted = () =>
  database.prepare('SELECT provider, state, entries FROM counts WHERE entries <> 0').all();
const there = () =>
  database.prepare('SELECT provider, state, count(*) AS entries FROM entry_rows GROUP BY 1, 2').all();

it('are those of the entries after every commit, also after one that was refused', async () => {
  const entries = Array.from({ length: 5 }, () => newEntry());
  await Promise.all(entries.map((entry) => store.accept(entry)));
  expect(counted()).toEqual(there());

  database.exec('PRAGMA query_only = ON');
  await expect(store.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
  database.exec('PRAGMA query_only = OFF');
  const claims = await claimDue(store, { provider: 'memory', limit: 3, leaseMs: 9_000, worker: 'one' });
  expect(claims).toHaveLength(3);
  expect(counted()).toEqual(there());

  const transition = { to: 'registered', dueInMs: null, failures: 0 } as const;
  await Promise.all(claims.map(({ entry, fence }) => store.settle({ id: entry.id, fence, transition })));
  expect(counted()).toEqual(there());
});

it('are right when one of a group fails and the others are committed', async () => {
  const twin = newEntry();
  database.exec(`CREATE TRIGGER no_twins BEFORE INSERT ON entries WHEN NEW.payment_id = '${twin.facets.paymentId}'
    BEGIN SELECT RAISE(ABORT, 'no'); END`);
  const outcomes = await Promise.allSettled(
    [newEntry(), twin, newEntry()].map((entry) => store.accept(entry)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(counted()).toEqual(there());
});
