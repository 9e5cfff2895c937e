import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupSqliteLedger } from '../../backup/backup-sqlite-ledger.js';
import { restoreSqliteLedger } from '../../backup/restore-sqlite-ledger.js';
import { newEntry } from '../new-entry.fixture.js';
import { createSqliteStore } from './create-sqlite-store.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function openingOf(path: string): unknown {
  try {
    return createSqliteStore({ path });
  } catch (error) {
    return error;
  }
}

describe('what a ledger makes', () => {
  it('is its owner’s alone: folders, file, log, lock and copies', async () => {
    const path = join(folder, 'a', 'b', 'ledger.sqlite');
    const store = createSqliteStore({ path });
    await store.accept(newEntry());
    expect([modeOf(join(folder, 'a')), modeOf(join(folder, 'a', 'b'))]).toEqual(['700', '700']);
    const files = readdirSync(join(folder, 'a', 'b'));
    expect(files).toEqual(
      expect.arrayContaining(['', '-lock', '-shm', '-wal'].map((end) => `ledger.sqlite${end}`)),
    );
    for (const file of files) expect([file, modeOf(join(folder, 'a', 'b', file))]).toEqual([file, '600']);
    const copy = join(folder, 'copy.sqlite');
    await backupSqliteLedger({ path, to: copy });
    expect(modeOf(copy)).toBe('600');
    await store.close();
    const again = join(folder, 'again', 'ledger.sqlite');
    await restoreSqliteLedger({ from: copy, path: again });
    expect(modeOf(again)).toBe('600');
  });

  it('leaves the mode of a file alone that was there', async () => {
    const path = join(folder, 'ledger.sqlite');
    writeFileSync(path, '');
    chmodSync(path, 0o640);
    await createSqliteStore({ path }).close();
    expect(modeOf(path)).toBe('640');
  });

  it('is where a link leads to whose file is not there yet', async () => {
    symlinkSync(join(folder, 'true.sqlite'), join(folder, 'link.sqlite'));
    await createSqliteStore({ path: join(folder, 'link.sqlite') }).close();
    expect(modeOf(join(folder, 'true.sqlite'))).toBe('600');
  });
});

describe('a ledger that can not be where it is said to be', () => {
  it('names a folder that the system refuses, at once', () => {
    expect(openingOf('/proc/x/y')).toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining('/proc/x '),
      retryable: false,
    });
  });

  it('names a file in the place of a folder', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of ['file/ledger.sqlite', 'file/a/ledger.sqlite']) {
      expect(openingOf(join(folder, path))).toMatchObject({
        code: 'ledger.unavailable',
        message: expect.stringContaining(join(folder, 'file')),
      });
    }
    expect(existsSync(join(folder, 'file-lock'))).toBe(false);
  });

  it('names a folder in the place of the file', () => {
    mkdirSync(join(folder, 'ledger.sqlite'));
    expect(openingOf(join(folder, 'ledger.sqlite'))).toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining('is a folder'),
    });
  });

  it('names a link that leads nowhere in the place of a folder', () => {
    symlinkSync(join(folder, 'none'), join(folder, 'link'));
    expect(openingOf(join(folder, 'link', 'ledger.sqlite'))).toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining(join(folder, 'link')),
    });
  });
});
