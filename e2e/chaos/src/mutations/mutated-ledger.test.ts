import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ledger from '@fiscalkit/ledger';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { freedompay } from '../providers/freedompay.js';
import { Gateway } from '../system/gateway.js';
import * as mutated from './mutated-ledger.js';
import { mutationNames } from './mutations.js';

const preload = new URL('./replace-ledger.ts', import.meta.url).href;
const cwd = new URL('.', import.meta.url);

/** Runs a program of one module as a gateway is run, after these modules. */
function run(program: string, preloads: readonly string[]) {
  const imports = preloads.flatMap((url) => ['--import', url]);
  const commandLine = [...imports, '--input-type=module', '--eval', program];
  return spawnSync(process.execPath, commandLine, { cwd, encoding: 'utf8' });
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-mutations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a mutated ledger', () => {
  it.each(mutationNames)('reports that it runs without %s', (name) => {
    vi.stubEnv('CHAOS_MUTATION', name);
    const report = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const store = ledger.createSqliteStore({ path: join(temporaryFolder(), 'ledger.sqlite') });
    onTestFinished(() => store.close());
    mutated.createLedger({ store, merchants: [] });
    expect(report.mock.calls).toEqual([[`without ${name}\n`]]);
  });

  it('takes the place of the ledger', () => {
    const program = `
      import { createLedger } from '@fiscalkit/ledger';
      import * as mutated from './mutated-ledger.ts';
      process.exitCode = createLedger === mutated.createLedger ? 0 : 3;`;
    expect(run(program, [preload])).toMatchObject({ status: 0, stderr: '' });
  });

  it('exports what the ledger exports, and only creates it in another way', () => {
    const { createLedger: _, ...rest } = ledger;
    expect(Object.keys(mutated).toSorted()).toEqual(Object.keys(ledger).toSorted());
    expect(mutated).toMatchObject(rest);
    expect(mutated.createLedger).not.toBe(ledger.createLedger);
  });

  it('fails to load when the ledger does not export what it replaces', () => {
    const other = `import { registerHooks } from 'node:module';
      const url = ${JSON.stringify(import.meta.resolve('@fiscalkit/ledger'))};
      const source = 'export const openLedger = () => {};';
      registerHooks({ load: (asked, context, next) =>
        asked === url ? { format: 'module', source, shortCircuit: true } : next(asked, context) });`;
    const preloads = [`data:text/javascript,${encodeURIComponent(other)}`, preload];
    const { status, stderr } = run("import '@fiscalkit/ledger';", preloads);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/does not provide an export named '\w*createLedger'/);
  });

  it('is missed when a gateway has loaded the whole ledger', async () => {
    const health = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    onTestFinished(() => void health.close());
    await once(health, 'listening');
    const { port } = health.address() as AddressInfo;
    const folder = temporaryFolder();
    const shared = {
      name: 'gateway',
      role: 'all',
      port,
      folder,
      configurationFile: '',
      ledgerUrl: '',
      provider: freedompay,
    } as const;
    const gateway = new Gateway({ ...shared, without: 'ordering' });
    writeFileSync(join(folder, 'gateway.log'), 'without fencing\n');
    await expect(gateway.ready()).rejects.toThrow('its ledger was not replaced');
    writeFileSync(join(folder, 'gateway.log'), 'without ordering\n');
    await gateway.ready();
  });
});
