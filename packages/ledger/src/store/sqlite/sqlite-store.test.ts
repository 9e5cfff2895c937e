import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeLedgerStore } from '../ledger-store.contract.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';
import { openDatabase } from './open-engine.js';
import { SqliteEngine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';

describeLedgerStore('SQLite', async () => createSqliteStore({ path: ':memory:' }));

describe('SqliteStore', () => {
  let database: ReturnType<typeof openDatabase>;
  let store: SqliteStore;

  beforeEach(() => {
    database = openDatabase(':memory:');
    store = new SqliteStore(
      new SqliteEngine({ database, time: { now: Date.now, elapsed: Date.now }, release: () => {} }),
    );
  });

  afterEach(() => store.close());

  it('lets simultaneous accepts share a commit', async () => {
    const statements = vi.spyOn(database, 'exec');
    await Promise.all(Array.from({ length: 200 }, () => store.accept(newEntry())));
    const commits = statements.mock.calls.filter(([statement]) => statement === 'COMMIT');
    expect(commits.length).toBeLessThan(3);
  });

  it('writes nothing and says so when the disk is full, and goes on when there is room', async () => {
    await store.accept(newEntry());
    const { page_count } = database.prepare('PRAGMA page_count').get() ?? {};
    database.exec(`PRAGMA max_page_count = ${page_count}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => store.accept(newEntry())));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { code: 'ledger.unavailable', retryable: true } });
    }
    expect((await store.figures(0, 0)).byState.accepted).toBe(1);
    database.exec('PRAGMA max_page_count = 1000000');
    expect((await store.accept(newEntry())).kind).toBe('accepted');
  });

  it('says that it takes no writes from the first one that it refused until one passes', async () => {
    await store.checkWrites();
    database.exec('PRAGMA query_only = ON');
    await store.checkWrites();
    await expect(store.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
    await expect(store.checkWrites()).rejects.toMatchObject({ code: 'ledger.unavailable', retryable: true });
    database.exec('PRAGMA query_only = OFF');
    await store.checkWrites();
    expect((await store.figures(0, 0)).byState.accepted).toBe(0);
  });

  it.each(["UPDATE journal SET facts = '[]'", 'DELETE FROM journal'])(
    'refuses to rewrite history: %s',
    async (statement) => {
      await store.accept(newEntry());
      expect(() => database.exec(statement)).toThrow('append-only');
    },
  );

  it.each([
    [
      'the due entries of an account',
      `SELECT id, document FROM entry_rows
       WHERE provider_number = 1 AND account_number = 2 AND merchant_number = 3 AND due_at <= 1 ORDER BY due_at`,
    ],
    [
      'an earlier entry of an ordering key',
      `SELECT 1 FROM deliveries WHERE queue = 1 AND sequence < 9 AND state NOT IN ('registered', 'rejected')`,
    ],
    [
      'the oldest unfinished entry',
      `SELECT min(accepted_at) FROM deliveries WHERE state NOT IN ('registered', 'rejected')`,
    ],
    [
      'a page of entries',
      'SELECT * FROM entries WHERE merchant = 1 AND operation = 2 ORDER BY accepted_at DESC, sequence DESC',
    ],
    [
      'the entries of a payment',
      "SELECT * FROM entries WHERE merchant = 1 AND payment_id = 'b' ORDER BY accepted_at DESC, sequence DESC",
    ],
    ['an entry by its id', "SELECT document FROM entry_rows WHERE stored_id = x'00'"],
    ['the entry that another was resubmitted as', 'SELECT document FROM entry_rows WHERE previous = 1'],
    ['what waits for a sale', 'SELECT sequence FROM deliveries WHERE awaits = 1'],
    [
      'what was rejected, longest unchanged first',
      "SELECT sequence FROM deliveries WHERE state = 'rejected' ORDER BY changed_at, sequence",
    ],
    [
      'what is unknown for long',
      "SELECT count(*) FROM deliveries WHERE state = 'unknown' AND changed_at <= 1",
    ],
  ])('finds %s by an index, without sorting', (_name, query) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
    const details = plan.map(({ detail }) => String(detail)).join('\n');
    expect(details).toContain('USING');
    expect(details).not.toMatch(/SCAN (entries|deliveries)$|TEMP B-TREE/m);
  });
});
