import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { createSqliteStore, type LedgerStore, openSqliteStore } from '@fiscalkit/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReceipt } from '../../../services/sample-receipt.fixture.js';
import { newEntry } from '../../new-entry.fixture.js';
import { ReaderInThread } from './reader-in-thread.js';

// The threads' programs are files of the built package.

const all = { merchant: 'shop', offset: 0, limit: 100 };
const program = new URL('../../../../dist/reader-thread.js', import.meta.url);
const anySlice = { query: all, behind: { acceptedAt: Number.POSITIVE_INFINITY, sequence: 0 } };
const nobody = { run: () => Promise.reject(new Error('nobody reads without the thread')) };

let folder: string;
let path: string;
let store: LedgerStore;
let started: Worker[];
const note = (worker: Worker) => started.push(worker);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-reader-'));
  path = join(folder, 'ledger.sqlite');
  store = await openSqliteStore({ path });
  started = [];
  process.on('worker', note);
});

afterEach(async () => {
  process.off('worker', note);
  await store.close();
  rmSync(folder, { recursive: true });
});

async function fill(count: number): Promise<void> {
  const pad = 'x'.repeat(2_000);
  const document = { pad, positions: Array.from({ length: 20 }, (_, index) => ({ name: `Tea ${index}` })) };
  await Promise.all(Array.from({ length: count }, () => store.accept(newEntry({ document }))));
}

describe('the thread that reads', () => {
  it('starts with the first list, is used again, and ends with the ledger', async () => {
    await store.accept(newEntry());
    await store.get('shop', 'none');
    expect(started).toHaveLength(0);
    expect(await store.list(all)).toHaveLength(1);
    await store.stuck({ olderThanMs: 0, offset: 0, limit: 1 });
    await store.accept(newEntry());
    expect(await store.list(all)).toHaveLength(2);
    expect(started).toHaveLength(1);
    const ended = once(started[0] as Worker, 'exit');
    await store.close();
    await ended;
    await expect(store.list(all)).rejects.toMatchObject({ code: 'ledger.unavailable' });
  });

  it('is the same for a ledger that is open in this thread', async () => {
    await store.close();
    store = createSqliteStore({ path, clock: () => new Date('2026-05-04T10:00:00Z') });
    const { entry } = await store.accept(newEntry());
    expect(await store.list(all)).toMatchObject([{ id: entry.id, acceptedAt: entry.acceptedAt }]);
    // By the ledger's clock, nothing has waited for a minute.
    expect(await store.stuck({ olderThanMs: 60_000, offset: 0, limit: 1 })).toEqual([]);
    expect(started).toHaveLength(1);
  });

  it('ends when nothing was asked for a while, and starts again', async () => {
    const reader = new ReaderInThread({ path, program, without: nobody, idleMs: 20 });
    await reader.run('list', anySlice);
    await once(started[0] as Worker, 'exit');
    await reader.run('list', anySlice);
    expect(started).toHaveLength(2);
    await reader.close();
  });

  it('that dies takes nothing along: writing goes on, and another reads', async () => {
    await fill(2_000);
    expect(await store.list(all)).toHaveLength(100);
    const lists = Promise.all([1, 2, 3].map(() => store.list({ ...all, positionName: 'none' })));
    const accepted = store.accept(newEntry());
    await started[0]?.terminate();
    expect((await accepted).kind).toBe('accepted');
    expect(await lists).toEqual([[], [], []]);
    expect(await store.list(all)).toHaveLength(100);
    expect(started.length).toBe(2);
  });

  it('is done without where its program is missing', async () => {
    const answer = { rows: [], skipped: 0, next: null };
    const without = { run: async () => answer as never };
    const missing = new URL('missing.js', import.meta.url);
    const reader = new ReaderInThread({ path, without, program: missing });
    expect(await reader.run('list', anySlice)).toBe(answer);
    await reader.close();
  });

  it('that dies while it starts is told of, and another reads', async () => {
    const list = store.list(all);
    list.catch(() => {});
    await expect.poll(() => started.length).toBe(1);
    await started[0]?.terminate();
    await expect(list).rejects.toMatchObject({ code: 'ledger.unavailable', retryable: true });
    expect(await store.list(all)).toEqual([]);
  });

  it('that cannot open the ledger says so, and is tried anew', async () => {
    const elsewhere = join(folder, 'later.sqlite');
    const reader = new ReaderInThread({ path: elsewhere, program, without: nobody });
    await expect(reader.run('list', anySlice)).rejects.toMatchObject({ code: 'ledger.unavailable' });
    const later = await openSqliteStore({ path: elsewhere });
    expect((await reader.run('list', anySlice)).rows).toEqual([]);
    await reader.close();
    await later.close();
  });
});

/** The scheduler's priorities of this process's threads of that name; Linux only. */
function prioritiesOf(name: string): number[] {
  const threads = readdirSync('/proc/self/task').map((thread) => `/proc/self/task/${thread}`);
  return threads
    .filter((thread) => readFileSync(`${thread}/comm`, 'utf8').trim() === name)
    .map((thread) => getPriority(Number(thread.slice(thread.lastIndexOf('/') + 1))));
}

describe.runIf(process.platform === 'linux')('the processor', () => {
  it('goes to the threads that accept and deliver before it goes to the one that reads', async () => {
    await store.list(all);
    const own = getPriority(process.pid);
    // Linux keeps fifteen letters of a name.
    expect(prioritiesOf('fiscalkit-reade')).toEqual([own + 5]);
    expect(prioritiesOf('fiscalkit-ledge')).toEqual([own]);
  });
});

describe('what the thread prints', () => {
  it('is a receipt as the API prints it, in memory of its own', async () => {
    await store.accept(newEntry({ document: { ...sampleReceipt() } }));
    const reader = new ReaderInThread({ path, program, without: nobody });
    const { serialized, ...slice } = await reader.run('serialize', { slice: anySlice, utcOffsetHours: 5 });
    // Where the slice ends is a matter of time.
    expect(slice).toMatchObject({ count: 1, skipped: 0 });
    // A copy of a piece would bring the whole memory that it is a piece of.
    expect(serialized.byteLength).toBe(serialized.buffer.byteLength);
    expect(JSON.parse(Buffer.from(serialized).toString())).toMatchObject({ status: 'pending' });
    await reader.close();
  });
});

describe('lists that go on and on', () => {
  it('keep nobody from writing, and let the log be begun anew', async () => {
    await fill(3_000);
    let going = true;
    let ended = 0;
    const readers = Array.from({ length: 4 }, async () => {
      for (; going; ended += 1) await store.list({ ...all, positionName: 'none' });
    });
    // Ten pages of 4 KiB each: four times as much as the log may hold before it is moved into the file.
    for (let written = 0; written < 1_600; written += 4) await fill(4);
    const log = statSync(`${path}-wal`).size;
    going = false;
    await Promise.all(readers);
    expect(ended).toBeGreaterThan(4);
    expect(log).toBeLessThan(40_000_000);
  }, 60_000);

  it('let an entry be accepted before they end', async () => {
    await fill(3_000);
    const ends: string[] = [];
    const list = store.list({ ...all, positionName: 'none' }).then(() => ends.push('list'));
    await store.accept(newEntry()).then(() => ends.push('accept'));
    await list;
    expect(ends).toEqual(['accept', 'list']);
  });
});
