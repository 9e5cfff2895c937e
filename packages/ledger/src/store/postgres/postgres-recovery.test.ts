import { setTimeout as delay } from 'node:timers/promises';
import { isFiscalError } from '@fiscalkit/schemas';
import { describe, expect, it, vi } from 'vitest';
import type { NewEntry } from '../../entry/entry.js';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { claimDue } from '../claim-due.fixture.js';
import type { AcceptOutcome } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

/** Repeats like a caller who was told that the ledger is unavailable. */
async function acceptAtLast(store: PostgresStore, entry: NewEntry): Promise<AcceptOutcome> {
  for (let attempt = 1; attempt < 500; attempt += 1) {
    try {
      return await store.accept(entry);
    } catch (error) {
      if (!isFiscalError(error) || error.code !== 'ledger.unavailable') throw error;
      await delay(10);
    }
  }
  throw new Error('the ledger stayed unavailable');
}

describe('a PostgreSQL ledger in trouble', () => {
  it('goes on by itself when the server was restarted', async () => {
    const schema = stores.newSchema();
    const [one, two] = [await stores.open(schema), await stores.open(schema)];
    const heard = vi.fn();
    two.onWake(heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
    const { entry } = await one.accept(newEntry());
    await stores.server().restart(async () => {
      heard.mockClear();
      const unavailable = { code: 'ledger.unavailable', retryable: true };
      await expect(one.accept(newEntry())).rejects.toMatchObject(unavailable);
      await expect(one.get('shop', entry.id)).rejects.toMatchObject(unavailable);
      await expect(one.seal()).rejects.toMatchObject(unavailable);
    });
    expect((await acceptAtLast(one, newEntry())).kind).toBe('accepted');
    expect(await one.get('shop', entry.id)).toMatchObject({ id: entry.id });
    // It says so by itself when it hears again: what was announced meanwhile is lost.
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), { timeout: 10_000 });
    const claims = await claimDue(two, { provider: 'memory', limit: 10, leaseMs: 30_000, worker: 'two' });
    expect(claims).toHaveLength(2);
  });

  it('refuses writes while the server is read-only, says so, and goes on by itself', async () => {
    const store = await stores.open(stores.newSchema());
    const { entry } = await store.accept(newEntry());
    await store.checkWrites();
    const operator = await stores.connect();
    const unavailable = { code: 'ledger.unavailable', retryable: true };
    try {
      await operator.query('SET default_transaction_read_only = off');
      await operator.query('ALTER SYSTEM SET default_transaction_read_only = on');
      await operator.query('SELECT pg_reload_conf()');
      await vi.waitFor(() => expect(store.checkWrites()).rejects.toMatchObject(unavailable));
      await expect(store.accept(newEntry())).rejects.toMatchObject(unavailable);
      expect(await store.get('shop', entry.id)).toMatchObject({ id: entry.id });
    } finally {
      await operator.query('ALTER SYSTEM RESET default_transaction_read_only');
      await operator.query('SELECT pg_reload_conf()');
    }
    await vi.waitFor(() => store.checkWrites());
    expect((await acceptAtLast(store, newEntry())).kind).toBe('accepted');
  });

  it('loses and doubles nothing when connections are cut', async () => {
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    const client = await stores.connect();
    const entries = Array.from({ length: 400 }, () => newEntry());
    let accepting = true;
    let cut = 0;
    async function cutConnections(): Promise<void> {
      while (accepting) {
        const { rowCount } = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fiscalkit'`,
        );
        cut += rowCount ?? 0;
        // Some connections must live for long enough to plan their first accept, however slow the machine is.
        await delay(20 + 400 * Math.random());
      }
    }
    const cutting = cutConnections();
    const ids: string[] = [];
    for (let begin = 0; begin < entries.length; begin += 40) {
      const group = entries.slice(begin, begin + 40);
      const outcomes = await Promise.all(group.map((entry) => acceptAtLast(store, entry)));
      ids.push(...outcomes.map((outcome) => outcome.entry.id));
    }
    accepting = false;
    await cutting;

    expect(cut).toBeGreaterThan(0);
    expect(ids).toEqual(entries.map(({ id }) => id));
    await vi.waitFor(async () => expect((await store.figures(0, 0)).byState.accepted).toBe(400));
    for (const { id } of entries.slice(0, 20)) {
      const journal = await store.journal(id);
      expect(journal).toHaveLength(1);
      expect(firstBrokenRow(journal)).toBeNull();
    }
  }, 90_000);
});
