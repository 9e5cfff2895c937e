import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { endAll, startGatewayProgram, startSandboxProgram } from './program.fixture.js';
import { readBooks } from './shop.fixture.js';

afterEach(endAll);

it('the session of the README works as printed', async () => {
  const session = /```bash\n([\s\S]*?)```/.exec(
    readFileSync(new URL('../../README.md', import.meta.url), 'utf8'),
  )?.[1];
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-readme-'));
  const sandbox = await startSandboxProgram({ data: join(folder, 'sandbox.jsonl') });
  const gateway = await startGatewayProgram({
    sandboxUrl: sandbox.url,
    ledger: join(folder, 'ledger.sqlite'),
  });
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', session ?? 'exit 1'], {
    env: { ...process.env, PORT: new URL(gateway.url).port },
  });
  const [created, listed, confirmed] = stdout
    .replaceAll('}{', '}\n{')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(created.data).toMatchObject({ status: 'registered', payment_id: '764239790', total: 100 });
  expect(listed.data).toEqual([created.data]);
  expect(confirmed).toMatchObject({ is_success: true, error: null });
  const books = await readBooks(sandbox.url);
  expect(books.receipts).toHaveLength(1);
  expect(books.confirmations).toMatchObject([{ wallet: 'click', payment_id: '4710103925' }]);
}, 60_000);
