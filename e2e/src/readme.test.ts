import { execFile } from 'node:child_process';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { killPrograms, startGatewayWithSandbox, startSandboxProgram } from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';
import { exampleIn, root } from './example-in.fixture.js';
import { readJournal } from './sandbox-journal.fixture.js';

const run = promisify(execFile);

afterEach(killPrograms);

/** An empty folder in which our packages are installed. */
function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-readme-'));
  symlinkSync(join(root, 'e2e', 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

it('the session of the README works as printed', async () => {
  const folder = emptyProject();
  const { sandbox, gateway } = await startGatewayWithSandbox({ folder });
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', exampleIn('README.md', 'bash')], {
    env: { ...process.env, PORT: new URL(gateway.url).port },
  });
  const answers = stdout.replaceAll('}{', '}\n{').trim().split('\n');
  const [created, listed, confirmed] = answers.map((text) => JSON.parse(text));
  expect(created.data).toMatchObject({ status: 'registered', payment_id: '764239790', total: 100 });
  expect(listed.data).toEqual([created.data]);
  expect(confirmed).toMatchObject({ is_success: true, error: null });
  const journal = await readJournal(sandbox.url);
  expect(journal.receipts).toHaveLength(1);
  expect(journal.confirmations).toMatchObject([{ wallet: 'click', payment_id: '4710103925' }]);
}, 60_000);

it.each([
  ['packages/schemas/README.md', 'vat_22 18.03', 'UZ170703100597'],
  ['packages/client/README.md', 'registered https://consumer.1-ofd-test.ru'],
  ['packages/ledger/README.md', "status: 'registered'", 'replayed: false'],
  ['apps/sandbox/README.md', 'repeats: 1'],
  ['apps/gateway/README.md', 'http://127.0.0.1:'],
])(
  'the example of %s runs',
  async (document, ...printed) => {
    const folder = emptyProject();
    const sandbox = await startSandboxProgram({ data: join(folder, 'sandbox.jsonl') });
    const example = exampleIn(document, 'ts|js');
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', example], {
      cwd: folder,
      env: {
        ...process.env,
        FREEDOMPAY_URL: sandbox.url,
        FREEDOMPAY_KEY: 'secret_key',
        FISCALKIT_DEMO: '1',
        PORT: '0',
      },
    });
    for (const text of printed) expect(stdout).toContain(text);
  },
  60_000,
);
