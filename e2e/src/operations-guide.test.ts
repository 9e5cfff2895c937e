import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { askForReceipt, killPrograms, readReceipt, startGatewayWithSandbox } from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';
import { exampleIn, root } from './example-in.fixture.js';
import { addFault } from './sandbox-journal.fixture.js';

const run = promisify(execFile);
const guide = 'docs/guides/operations.md';

afterEach(killPrograms);

/** Runs an example of the guide as printed; answers the lines of JSON and text that it prints. */
async function runExample(index: number, environment: Record<string, string>): Promise<string[]> {
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', exampleIn(guide, 'bash', index)], {
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), join(root, 'e2e', 'node_modules', '.bin'), process.env.PATH].join(
        delimiter,
      ),
      ...environment,
    },
  });
  return stdout.replaceAll('}{', '}\n{').trim().split('\n');
}

it('the sessions of the guide to operations work as printed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-operations-'));
  const { sandbox, gateway, ledgerUrl } = await startGatewayWithSandbox({ folder });
  await addFault(sandbox.url, { endpoint: 'receipts.create', times: 1, fault: { kind: 'reject' } });
  const { receipt_id: id } = await askForReceipt(gateway.url, 1);
  await readReceipt(gateway.url, id, 10_000);

  const [listed, shown, resubmitted] = (
    await runExample(0, { PORT: new URL(gateway.url).port, ADMIN_KEY: 'demo-admin-key', ID: id })
  ).map((line) => JSON.parse(line));
  expect(listed.data).toMatchObject([{ id, state: 'rejected' }]);
  expect(shown.data).toMatchObject({ id, state: 'rejected', journal: expect.any(Array) });
  const next = await readReceipt(gateway.url, resubmitted.data.id, 10_000);
  expect(next.status).toBe('registered');

  const search = { admin: `${gateway.url}/admin/entries`, as: 'Authorization: Bearer demo-admin-key' };
  const [found, ofStates] = (await runExample(1, search)).map((line) => JSON.parse(line));
  expect([found.data, found.next_cursor]).toEqual([[], null]);
  expect(ofStates.data.map(({ state }: { readonly state: string }) => state)).toEqual([
    'registered',
    'rejected',
  ]);

  const copy = join(folder, 'copy.sqlite');
  const [verified, ...others] = await runExample(2, { LEDGER_URL: ledgerUrl, COPY: copy });
  expect(verified).toMatch(/^clean: 2 entries/);
  expect(JSON.parse(others.at(-1) ?? '{}')).toMatchObject({ ok: true, entries: 2 });
}, 60_000);
