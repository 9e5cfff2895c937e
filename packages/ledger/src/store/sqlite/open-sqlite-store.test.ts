import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
// The thread's program is a file of the built package.
import { createSqliteStore, openSqliteStore } from '@fiscalkit/ledger';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeLedgerStore } from '../ledger-store.contract.js';
import { newEntry } from '../new-entry.fixture.js';

const ledgers = mkdtempSync(join(tmpdir(), 'fiscalkit-threads-'));
afterAll(() => rmSync(ledgers, { recursive: true }));
describeLedgerStore('SQLite in a thread', () => openSqliteStore({ path: join(ledgers, randomUUID()) }));

describe('openSqliteStore', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fiscalkit-thread-'));
    path = join(folder, 'ledger.sqlite');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('says where it is', async () => {
    const store = await openSqliteStore({ path: relative('.', path) });
    expect(store.place).toBe(path);
    await store.close();
    expect((await openSqliteStore({ path: ':memory:' })).place).toBe(':memory:');
  });

  it.each([undefined, null, 42, '', 'postgres://u:hunter2@db/x', 'sqlite:POSTGRESQL://u:hunter2@db/x'])(
    'opens nothing at the path %j, and quotes nothing of it',
    async (path) => {
      // As from JavaScript, where nobody looks at types.
      for (const open of [openSqliteStore, async (settings: object) => createSqliteStore(Object(settings))]) {
        const error = await open(Object({ path })).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: 'config.path', retryable: false });
        expect(String(error)).not.toContain('hunter2');
      }
    },
  );

  it('keeps what was accepted for the next that opens the ledger', async () => {
    const first = await openSqliteStore({ path });
    const { entry } = await first.accept(newEntry());
    await first.close();
    const second = await openSqliteStore({ path });
    expect(await second.entry(entry.id)).toEqual(entry);
    await second.close();
  });

  it('commits what was asked before it closes, and takes nothing afterwards', async () => {
    const store = await openSqliteStore({ path });
    const accepted = store.accept(newEntry());
    await Promise.all([store.close(), store.close()]);
    expect((await accepted).kind).toBe('accepted');
    await expect(store.accept(newEntry())).rejects.toMatchObject({
      code: 'ledger.unavailable',
      retryable: true,
    });
    await store.close();
  });

  it('says by its code that another has the ledger, and lets the thread go', async () => {
    const store = await openSqliteStore({ path });
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: 'ledger.in-use',
      message: expect.stringContaining(`This process already has the ledger ${path} open`),
      retryable: true,
    });
    await store.close();
  });

  it('does not keep the event loop waiting while it works', async () => {
    const store = await openSqliteStore({ path });
    const entries = Array.from({ length: 400 }, () => newEntry());
    let longestMs = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 1);
    await Promise.all(entries.map((entry) => store.accept(entry)));
    clearInterval(watch);
    expect((await store.figures(0, 0)).byState.accepted).toBe(400);
    expect(longestMs).toBeLessThan(1_000);
    await store.close();
  });
});
