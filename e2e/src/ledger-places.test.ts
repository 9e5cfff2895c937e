import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killPrograms, startGatewayProgram } from '@fiscalkit/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = fileURLToPath(import.meta.resolve('@fiscalkit/gateway').replace(/index\.js$/, 'main.js'));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-places-'));
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
});

afterEach(async () => {
  await killPrograms();
  rmSync(folder, { recursive: true });
});

it.each([
  ['sqlite:/proc/x/y', 1, '/proc/x'],
  ['sqlite:FOLDER/file/ledger.sqlite', 1, '/file'],
  ['sqlite:FOLDER/folder', 1, 'is a folder'],
  ['sqlite://data/ledger.sqlite', 1, 'sqlite:///PATH'],
  ['postgres://u:p@hunter2/word@127.0.0.1/db', 1, 'percent-encoded'],
  ['postgres://u:hunter2@one:5432,two:5432/db', 1, 'several hosts'],
])('a gateway with its ledger at %s ends at once and says why', (url, status, words) => {
  const ran = spawnSync(process.execPath, [main], {
    cwd: folder,
    env: {
      ...process.env,
      FISCALKIT_DEMO: '1',
      FISCALKIT_LEDGER_URL: url.replace('FOLDER', folder),
      PORT: '0',
    },
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(ran.stderr).toContain(words);
  expect(ran.stderr).not.toMatch(/hunter2|ENOTFOUND| at /);
  expect(ran.status).toBe(status);
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder']);
});

it('what a gateway makes of its ledger is its owner’s alone, whatever the mask', async () => {
  const mask = process.umask(0);
  try {
    const path = join(folder, 'new', 'ledger.sqlite');
    await startGatewayProgram({ providersUrl: 'http://127.0.0.1:1', ledgerUrl: `sqlite:${path}` });
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(join(folder, 'new'))) {
      expect([file, statSync(join(folder, 'new', file)).mode & 0o777]).toEqual([file, 0o600]);
    }
  } finally {
    process.umask(mask);
  }
});
