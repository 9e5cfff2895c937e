import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Transition } from '../../entry/transition.js';
import { claimDue } from '../claim-due.fixture.js';
import type { LedgerStore } from '../ledger-store.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';

const hourMs = 3_600_000;
const query = { provider: 'memory', limit: 10, leaseMs: 30_000, worker: 'one' };
const retryIn = (dueInMs: number): Transition => ({ to: 'accepted', dueInMs, failures: 1 });

let path: string;
/** By how much the clock is wrong, and what a clock shows that never jumps. */
let wrongMs: number;
let elapsedMs: number;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'fiscalkit-clock-')), 'ledger.sqlite');
  wrongMs = 0;
  elapsedMs = 0;
});

function openStore(): LedgerStore {
  const clock = () => new Date(Date.parse('2026-05-04T10:00:00Z') + wrongMs + elapsedMs);
  return createSqliteStore({ path, clock, elapsed: () => elapsedMs });
}

/** A store with one entry that was tried and is due again after so many milliseconds. */
async function openWithWaiting(dueInMs: number): Promise<LedgerStore> {
  const store = openStore();
  await store.accept(newEntry());
  const [claim] = await claimDue(store, query);
  await store.settle({ id: claim?.entry.id ?? '', fence: claim?.fence ?? 0, transition: retryIn(dueInMs) });
  return store;
}

describe('a clock that is set while the ledger is open', () => {
  it.each([
    ['back', -3 * hourMs],
    ['forward', 3 * hourMs],
  ])('%s moves the due times along', async (_, byMs) => {
    const store = await openWithWaiting(5_000);
    wrongMs = byMs;
    expect(await claimDue(store, query)).toEqual([]);
    elapsedMs += 4_000;
    expect(await claimDue(store, query)).toEqual([]);
    elapsedMs += 1_000;
    expect(await claimDue(store, query)).toHaveLength(1);
    await store.close();
  });

  it('forward ends no lease', async () => {
    const store = openStore();
    await store.accept(newEntry());
    const [claim] = await claimDue(store, query);
    wrongMs = hourMs;
    expect(await claimDue(store, query)).toEqual([]);
    const result = { id: claim?.entry.id ?? '', fence: claim?.fence ?? 0, transition: retryIn(0) };
    expect((await store.settle(result)).kind).toBe('written');
    await store.close();
  });
});

describe('a clock that was ahead in an earlier process', () => {
  it('hides nothing from those who look for what is stuck', async () => {
    wrongMs = 5 * hourMs;
    await (await openWithWaiting(1_000)).close();
    wrongMs = 0;
    const store = openStore();
    const [waiting] = await store.stuck({ olderThanMs: 600_000, offset: 0, limit: 10 });
    expect(waiting?.state).toBe('accepted');
    await store.close();
  });

  it('leaves no entry that is older than nothing', async () => {
    wrongMs = 5 * hourMs;
    await (await openWithWaiting(1_000)).close();
    wrongMs = 0;
    const store = openStore();
    const { oldestUnfinishedAt } = await store.figures(0, 0);
    expect(oldestUnfinishedAt).toEqual(new Date('2026-05-04T10:00:00Z'));
    await store.close();
  });

  it('lets nothing wait for longer than ten seconds', async () => {
    wrongMs = 5 * hourMs;
    await (await openWithWaiting(1_000)).close();
    wrongMs = 0;
    const store = openStore();
    expect(await claimDue(store, query)).toEqual([]);
    elapsedMs += 10_000;
    expect(await claimDue(store, query)).toHaveLength(1);
    await store.close();
  });
});
