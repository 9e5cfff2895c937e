import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { backupSqliteLedger } from './backup-sqlite-ledger.js';
import { useLedgerFolder } from './ledger-folder.fixture.js';

const folder = useLedgerFolder();

describe('backupSqliteLedger', () => {
  it('copies a ledger that a process is writing, whole and in one file', async () => {
    const [path, to] = [folder.path('ledger'), folder.path('copy')];
    const [loader, program] = ['source-loader', 'busy-process'].map((name) =>
      fileURLToPath(new URL(`../store/sqlite/${name}.fixture.ts`, import.meta.url)),
    );
    const busy = spawn(process.execPath, ['--import', `${loader}`, `${program}`, path]);
    const exited = once(busy, 'exit');
    const answered: string[] = [];
    createInterface({ input: busy.stdout }).on('line', (id) => answered.push(id));
    try {
      await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(500);
      const before = [...answered];
      const { madeAt } = await backupSqliteLedger({ path, to });
      expect(madeAt.getTime()).toBeLessThanOrEqual(Date.now());
      const { length: then } = answered;
      await expect.poll(() => answered.length).toBeGreaterThan(then);

      expect(folder.files().filter((name) => name.startsWith('copy'))).toEqual(['copy']);
      const report = await folder.verify('copy');
      expect(report.faults).toEqual([]);
      expect(report.entries).toBeGreaterThanOrEqual(before.length);
      const copy = createSqliteStore({ path: to });
      for (const id of before) expect(await copy.get('shop', id)).not.toBeNull();
      await copy.close();
      const live = await folder.verify('ledger');
      expect(live.faults).toEqual([]);
      expect(live.entries).toBeGreaterThan(report.entries);
    } finally {
      busy.kill('SIGKILL');
      await exited;
    }
  });

  it('makes the same copy as often as it is asked, also of a copy', async () => {
    await folder.fill('ledger', 20);
    for (const [from, to] of [
      ['ledger', 'one'],
      ['ledger', 'two'],
      ['one', 'three'],
    ] as const) {
      await backupSqliteLedger({ path: folder.path(from), to: folder.path(to) });
      expect(await folder.verify(to)).toMatchObject({ ok: true, entries: 20 });
    }
  });

  it.each([0o600, 0o640])('gives the copy the permissions of the ledger (%o)', async (mode) => {
    await folder.fill('ledger', 1);
    chmodSync(folder.path('ledger'), mode);
    await backupSqliteLedger({ path: folder.path('ledger'), to: folder.path('copy') });
    expect(statSync(folder.path('copy')).mode & 0o777).toBe(mode);
  });

  it('tells how far it has come, and is open to nobody else meanwhile', async () => {
    await folder.fill('ledger', 400);
    const left: number[] = [];
    const modes = new Set<number>();
    await backupSqliteLedger({
      path: folder.path('ledger'),
      to: folder.path('copy'),
      onProgress({ remainingPages, totalPages }) {
        expect(remainingPages).toBeLessThan(totalPages);
        left.push(remainingPages);
        const partial = folder.files().find((name) => name.endsWith('.partial'));
        modes.add(statSync(folder.path(partial ?? '')).mode & 0o777);
      },
    });
    expect(left.length).toBeGreaterThan(0);
    expect([...left].sort((one, other) => other - one)).toEqual(left);
    expect([...modes]).toEqual([0o600]);
  });

  it('overwrites nothing, also not what appears meanwhile', async () => {
    await folder.fill('ledger', 400);
    const [path, to] = [folder.path('ledger'), folder.path('copy')];
    const appear = () => writeFileSync(to, 'mine');
    await expect(backupSqliteLedger({ path, to, onProgress: appear })).rejects.toMatchObject({
      code: 'backup.exists',
    });
    await expect(backupSqliteLedger({ path, to })).rejects.toMatchObject({ code: 'backup.exists' });
    expect(readFileSync(to, 'utf8')).toBe('mine');
    expect(folder.files()).toEqual(['copy', 'ledger']);
  });

  it('leaves nothing behind when it fails', async () => {
    await folder.fill('ledger', 400);
    const path = folder.path('ledger');
    const nowhere = folder.path('nowhere/copy');
    await expect(backupSqliteLedger({ path, to: nowhere })).rejects.toMatchObject({ code: 'backup.failed' });
    const onProgress = () => {
      throw new Error('stop');
    };
    const stopped = backupSqliteLedger({ path, to: folder.path('copy'), onProgress });
    await expect(stopped).rejects.toMatchObject({ code: 'backup.failed' });
    expect(folder.files()).toEqual(['ledger']);
  });

  it('says clearly what is no ledger', async () => {
    const to = folder.path('copy');
    const codeFor = async (name: string) => {
      const failed = backupSqliteLedger({ path: folder.path(name), to }).catch(Object);
      return (await failed).code;
    };
    expect(await codeFor('missing')).toBe('ledger.missing');
    writeFileSync(folder.path('text'), 'no database '.repeat(100));
    expect(await codeFor('text')).toBe('ledger.damaged');
    new DatabaseSync(folder.path('other')).exec('CREATE TABLE other (a)');
    expect(await codeFor('other')).toBe('ledger.missing');
    expect(existsSync(to)).toBe(false);
  });
});
