import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteAudit } from '../audit/sqlite/open-sqlite-audit.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { prepareQuery } from '../store/sqlite/query.js';
import { backupSqliteLedger } from './backup-sqlite-ledger.js';
import { withDatabase } from './database-files.js';
import { useLedgerFolder } from './ledger-folder.fixture.js';
import { restoreSqliteLedger, type SqliteRestoreSettings } from './restore-sqlite-ledger.js';

const folder = useLedgerFolder();
const hourMs = 3_600_000;

const backup = () => backupSqliteLedger({ path: folder.path('ledger'), to: folder.path('copy') });
const restore = (given: Partial<SqliteRestoreSettings> = {}) =>
  restoreSqliteLedger({ from: folder.path('copy'), path: folder.path('ledger'), ...given });

function declared(name: string): { since: number; until: number }[] {
  return withDatabase(new DatabaseSync(folder.path(name)), (database) =>
    prepareQuery<{ since: number; until: number }>(database, 'SELECT since, until FROM restores').all(),
  );
}

function change(name: string, statement: string): void {
  withDatabase(new DatabaseSync(folder.path(name)), (database) => database.exec(statement));
}

describe('restoreSqliteLedger', () => {
  it('puts the copy back, declares it, and keeps what it replaced', async () => {
    const before = await folder.fill('ledger', 20);
    const { madeAt } = await backup();
    const later = await folder.fill('ledger', 5);
    const { replaced, since, until } = await restore();

    expect(since).toEqual(madeAt);
    expect(Math.abs(until.getTime() - Date.now() - 72 * hourMs)).toBeLessThan(60_000);
    expect(declared('ledger')).toEqual([{ since: since.getTime(), until: until.getTime() }]);
    expect(declared('copy')).toEqual([]);
    expect(await folder.verify('ledger')).toMatchObject({ ok: true, entries: 20 });
    const name = basename(replaced ?? '');
    expect(name).toMatch(/^ledger\.replaced-/);
    expect(await folder.verify(name)).toMatchObject({ ok: true, entries: 25 });
    expect(folder.files()).toEqual(['copy', 'ledger', name]);

    const store = createSqliteStore({ path: folder.path('ledger') });
    expect(await store.get('shop', before[0] ?? '')).not.toBeNull();
    expect(await store.get('shop', later[0] ?? '')).toBeNull();
    await store.close();
  });

  it('puts it where no ledger is left, and takes nothing from a log that stayed behind', async () => {
    await folder.fill('ledger', 3);
    await backup();
    const path = folder.path('lost/ledger');
    expect(await restore({ path })).toMatchObject({ replaced: null });
    const store = createSqliteStore({ path: folder.path('ledger') });
    await store.accept(newEntry());
    copyFileSync(folder.path('ledger-wal'), folder.path('other-wal'));
    await store.close();
    expect(await restore({ path: folder.path('other') })).toMatchObject({ replaced: null });
    for (const name of ['lost/ledger', 'other']) {
      expect(await folder.verify(name)).toMatchObject({ ok: true, entries: 3 });
    }
  });

  it('takes the window that it is told, and no impossible one', async () => {
    await folder.fill('ledger', 1);
    await backup();
    const files = folder.files();
    await expect(restore({ repeatsUntil: new Date(0) })).rejects.toMatchObject({ code: 'restore.window' });
    expect(folder.files()).toEqual(files);
    const until = new Date(Date.now() + hourMs);
    expect(await restore({ repeatsUntil: until })).toMatchObject({ until });
  });

  it('knows of a copy that was made by other means when it was made, from its last row', async () => {
    const clock = () => new Date('2026-05-04T10:00:00.000Z');
    const store = createSqliteStore({ path: folder.path('ledger'), clock });
    await store.accept(newEntry());
    await store.close();
    copyFileSync(folder.path('ledger'), folder.path('copy'));
    expect(await restore()).toMatchObject({ since: clock() });
  });

  it('keeps the permissions of the ledger that it replaces', async () => {
    await folder.fill('ledger', 1);
    await backup();
    chmodSync(folder.path('copy'), 0o644);
    chmodSync(folder.path('ledger'), 0o600);
    await restore();
    expect(statSync(folder.path('ledger')).mode & 0o777).toBe(0o600);
  });

  it('refuses while somebody has the ledger open, to write or to read', async () => {
    await folder.fill('ledger', 1);
    await backup();
    const store = createSqliteStore({ path: folder.path('ledger') });
    await expect(restore()).rejects.toMatchObject({ code: 'ledger.in-use', retryable: true });
    await store.accept(newEntry());
    await store.close();
    const source = openSqliteAudit(folder.path('ledger'));
    await expect(restore()).rejects.toMatchObject({ code: 'ledger.in-use', retryable: true });
    await source.close();
    expect(folder.files()).toEqual(['copy', 'ledger']);
    expect(await folder.verify('ledger')).toMatchObject({ ok: true, entries: 2 });
    expect((await restore()).replaced).not.toBeNull();
  });

  it('refuses a copy that does not verify, unless it must', async () => {
    const [id] = await folder.fill('ledger', 3);
    await backup();
    change('copy', `UPDATE entries SET payment_id = 'another' WHERE id = unhex(replace('${id}', '-', ''))`);
    await expect(restore()).rejects.toMatchObject({
      code: 'restore.unverified',
      faults: [{ code: 'audit.entry.changed', path: '$.journal[1]' }],
    });
    expect(folder.files()).toEqual(['copy', 'ledger']);
    expect(await folder.verify('ledger')).toMatchObject({ ok: true });
    await restore({ force: true });
    expect(await folder.verify('ledger')).toMatchObject({ ok: false });
  });

  it('refuses what is no ledger, and replaces what is none', async () => {
    writeFileSync(folder.path('copy'), 'no database '.repeat(100));
    await expect(restore()).rejects.toMatchObject({ code: 'ledger.damaged' });
    await expect(restore({ from: folder.path('nothing') })).rejects.toMatchObject({ code: 'ledger.missing' });
    expect(folder.files()).toEqual(['copy']);
    await folder.fill('good', 2);
    copyFileSync(folder.path('copy'), folder.path('ledger'));
    const { replaced } = await restore({ from: folder.path('good') });
    expect(readFileSync(replaced ?? '', 'utf8')).toContain('no database');
    expect(await folder.verify('ledger')).toMatchObject({ ok: true, entries: 2 });
  });
});
