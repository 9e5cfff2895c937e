import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../claim-due.fixture.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-ledger-'));
  path = join(folder, 'data', 'ledger.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const claimAll = { provider: 'memory', limit: 1_000, leaseMs: 3_600_000, worker: 'one' };

function writeText(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    'Not a ledger, but a text that is long enough to be told from an empty file.'.repeat(20),
  );
}

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return Object(error).code;
  }
}

describe('createSqliteStore', () => {
  it('makes the folder, and keeps what was accepted', async () => {
    const store = createSqliteStore({ path });
    const { entry } = await store.accept(newEntry());
    await store.close();
    const again = createSqliteStore({ path });
    expect(await again.get('shop', entry.id)).toEqual(entry);
    await again.close();
  });

  it.each([
    ['a folder', () => mkdirSync(path, { recursive: true })],
    ['a text', () => writeText(path)],
    ['below a text', () => writeText(dirname(path))],
  ])('says which path can not be opened: %s', (_, make) => {
    make();
    expect(() => createSqliteStore({ path: relative('.', path) })).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^ledger\.(unavailable|damaged)$/),
        message: expect.stringContaining(dirname(path)),
      }),
    );
  });

  it('says that this process has the ledger, and when it is another', async () => {
    const store = createSqliteStore({ path });
    const link = join(folder, 'link.sqlite');
    symlinkSync(path, link);
    for (const same of [path, relative('.', path), link]) {
      expect(() => createSqliteStore({ path: same })).toThrow(
        expect.objectContaining({
          code: 'ledger.in-use',
          message: expect.stringMatching(/^This process already has the ledger .*\.sqlite open/),
        }),
      );
    }
    await store.close();
    const other = new DatabaseSync(`${path}-lock`);
    other.exec('BEGIN EXCLUSIVE');
    expect(() => createSqliteStore({ path })).toThrow(
      expect.objectContaining({
        code: 'ledger.in-use',
        message: `Another process is using the ledger ${path}.`,
      }),
    );
    other.close();
    await createSqliteStore({ path }).close();
  });

  it('refuses a second user, until the first has closed', async () => {
    const store = createSqliteStore({ path });
    expect(codeOf(() => createSqliteStore({ path }))).toBe('ledger.in-use');
    await store.close();
    await createSqliteStore({ path }).close();
  });

  it('ends the leases of the last user at once: what it was sending is unknown', async () => {
    const store = createSqliteStore({ path });
    await store.accept(newEntry());
    const polled = await store.accept(newEntry());
    const claims = await claimDue(store, claimAll);
    const poll = claims.find(({ entry }) => entry.id === polled.entry.id);
    const pending = { to: 'pending', dueInMs: 0, failures: 0, providerDocumentId: 'd' } as const;
    await store.settle({ id: polled.entry.id, fence: poll?.fence ?? 0, transition: pending });
    await claimDue(store, claimAll);
    await store.close();
    const again = createSqliteStore({ path });
    const steps = (await claimDue(again, claimAll)).map(({ step, entry }) => [step, entry.state]);
    expect(steps.sort()).toEqual([
      ['find', 'unknown'],
      ['poll', 'pending'],
    ]);
    await again.close();
  });

  it('refuses the ledger of a newer release', async () => {
    await createSqliteStore({ path }).close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(codeOf(() => createSqliteStore({ path }))).toBe('ledger.version');
  });

  it('says clearly that a ledger cannot be opened', async () => {
    expect(codeOf(() => createSqliteStore({ path: '/dev/null/ledger.sqlite' }))).toBe('ledger.unavailable');
  });

  it('answers nothing after it was closed', async () => {
    const store = createSqliteStore({ path });
    await store.close();
    await store.close();
    await expect(store.accept(newEntry())).rejects.toMatchObject({ code: 'ledger.unavailable' });
    await expect(store.get('shop', 'id')).rejects.toMatchObject({ code: 'ledger.unavailable' });
  });

  it('loses nothing that was answered when the process is killed', async () => {
    const [loader, program] = ['source-loader.fixture.ts', 'busy-process.fixture.ts'].map((name) =>
      fileURLToPath(new URL(name, import.meta.url)),
    );
    const busy = spawn(process.execPath, ['--import', `${loader}`, `${program}`, path]);
    const exited = once(busy, 'exit');
    const answered: string[] = [];
    for await (const id of createInterface({ input: busy.stdout })) {
      answered.push(id);
      if (answered.length === 10) expect(codeOf(() => createSqliteStore({ path }))).toBe('ledger.in-use');
      if (answered.length === 200) busy.kill('SIGKILL');
    }
    await exited;
    expect(answered.length).toBeGreaterThanOrEqual(200);

    const store = createSqliteStore({ path });
    for (const id of answered) expect(await store.get('shop', id)).not.toBeNull();
    const { byState, due } = await store.figures(0, 0);
    expect(byState.sending).toBe(0);
    expect(byState.unknown).toBeGreaterThan(0);
    expect(due).toBe(byState.unknown + byState.accepted);
    await store.close();
  });
});
