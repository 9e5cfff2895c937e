import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { newEntry } from '../new-entry.fixture.js';
import { openDatabase } from './open-engine.js';
import { SqliteEngine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';

function storeOn(database: DatabaseSync): SqliteStore {
  return new SqliteStore(
    new SqliteEngine({ database, time: { now: Date.now, elapsed: Date.now }, release: () => {} }),
  );
}

function rowsOf(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
}

describe('the tables of events', () => {
  it('hold no row for what nobody wants to hear, and none for what was delivered', async () => {
    const database = openDatabase(':memory:');
    const store = storeOn(database);
    await store.subscribe([{ handler: 'mail', kinds: ['receipt.registered'] }]);
    await store.accept(newEntry());
    expect(rowsOf(database, 'event_deliveries')).toBe(0);
    await store.subscribe([{ handler: 'mail', kinds: ['receipt.accepted'] }]);
    await store.accept(newEntry());
    expect(rowsOf(database, 'event_deliveries')).toBe(1);
    const [delivery] = await store.claimDeliveries({
      handler: 'mail',
      limit: 9,
      leaseMs: 9_000,
      worker: 'one',
    });
    if (!delivery) throw new Error('no delivery was due');
    await store.settleDelivery({ id: delivery.id, fence: delivery.fence, result: 'done' });
    expect(rowsOf(database, 'event_deliveries')).toBe(0);
    await store.close();
  });

  it.each([
    [
      'due deliveries',
      "SELECT * FROM event_deliveries WHERE handler = 'a' AND due_at <= 1 ORDER BY due_at, id",
    ],
    ['earlier deliveries', "SELECT min(id) FROM event_deliveries WHERE sequence = 1 AND handler = 'a'"],
    ['held deliveries', 'SELECT id FROM event_deliveries WHERE worker IS NOT NULL'],
    [
      'the next delivery',
      "SELECT min(due_at) FROM event_deliveries WHERE handler = 'a' AND due_at IS NOT NULL",
    ],
    [
      'what is unknown for long',
      `SELECT sequence FROM deliveries WHERE state = 'unknown' AND raised_unknown = 0 AND changed_at <= 1
       ORDER BY changed_at`,
    ],
    [
      'what is overdue',
      `SELECT sequence FROM deliveries WHERE state NOT IN ('registered', 'rejected') AND raised_overdue = 0
       AND accepted_at <= 1 ORDER BY accepted_at`,
    ],
  ])('find %s by an index, without sorting', (_name, query) => {
    const database = openDatabase(':memory:');
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
    const details = plan.map(({ detail }) => String(detail)).join('\n');
    expect(details).toContain('INDEX');
    expect(details).not.toContain('TEMP B-TREE');
    database.close();
  });
});
