import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { askForReceipt, killPrograms, startGatewayWithSandbox } from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';

afterEach(async () => {
  await killPrograms();
  removeTemporaryFolders();
});

const run = promisify(execFile);
const units = fileURLToPath(new URL('../../../deploy/systemd/', import.meta.url));
/** Variables of a machine on which the gateway is installed. */
const installed = {
  ...process.env,
  PATH: [
    dirname(process.execPath),
    fileURLToPath(new URL('../../node_modules/.bin', import.meta.url)),
    process.env.PATH,
  ].join(delimiter),
};

function hasSystemd(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it.runIf(hasSystemd())('the units are what systemd reads', async () => {
  const folder = temporaryFolder('units');
  const names = readdirSync(units).filter((name) => /\.(?:service|socket|timer)$/.test(name));
  expect(names).toHaveLength(4);
  for (const name of names) {
    const text = readFileSync(join(units, name), 'utf8');
    // Only programs that are installed are taken.
    writeFileSync(join(folder, name), text.replaceAll(/=\/usr\/(?:bin|lib\/fiscalkit)\/\S+/g, '=/bin/true'));
  }
  const { stderr } = await run('systemd-analyze', ['verify', ...names.map((name) => join(folder, name))]);
  expect(stderr.split('\n').filter((line) => line.includes(folder))).toEqual([]);
});

it('a copy is made beside a gateway, verified, and kept for as long as it says', async () => {
  const folder = temporaryFolder('copies');
  const { gateway: running, ledgerUrl } = await startGatewayWithSandbox({ folder });
  await askForReceipt(running.url, 1);
  const copies = join(folder, 'copies');
  mkdirSync(copies);
  const [old, recent, foreign] = ['ledger-1.sqlite', 'ledger-2.sqlite', 'notes.txt'];
  for (const [name, days] of [
    [old, 9],
    [recent, 2],
    [foreign, 9],
  ] as const) {
    writeFileSync(join(copies, name), '');
    const at = Date.now() / 1_000 - days * 86_400;
    utimesSync(join(copies, name), at, at);
  }

  const environment = {
    ...installed,
    FISCALKIT_LEDGER_URL: ledgerUrl,
    COPIES: copies,
    KEEP_DAYS: '7',
  };
  const { stdout } = await run(join(units, 'backup.sh'), [], { env: environment });
  expect(stdout).toContain('clean: 1 entry');
  const kept = readdirSync(copies).filter((name) => !/-\d{8}T\d{6}Z/.test(name));
  expect(kept.sort()).toEqual([recent, foreign]);
  expect(readdirSync(copies)).toHaveLength(3);
}, 60_000);

it('a copy fails with a status, and removes nothing, when there is no ledger', async () => {
  const folder = temporaryFolder('no-ledger');
  writeFileSync(join(folder, 'ledger-1.sqlite'), '');
  utimesSync(join(folder, 'ledger-1.sqlite'), 0, 0);
  const environment = {
    ...installed,
    FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'missing.sqlite')}`,
    COPIES: folder,
  };
  await expect(run(join(units, 'backup.sh'), [], { env: environment })).rejects.toThrow('missing.sqlite');
  expect(readdirSync(folder)).toEqual(['ledger-1.sqlite']);
});
