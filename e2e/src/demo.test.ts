import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { freePort } from '@fiscalkit/testing';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../examples/demo/dist/main.js', import.meta.url));

async function runDemo(environment: Record<string, string>, commandLine: string[]) {
  const child = spawn(process.execPath, [main, ...commandLine], { env: { ...process.env, ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

it('shows both requests done, keeps its data, and ends with 0', async () => {
  const data = mkdtempSync(join(tmpdir(), 'fiscalkit-demo-'));
  const environment = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
  const first = await runDemo(environment, ['--once', '--data', data]);
  expect(first.output).toMatch(/status +pending/);
  expect(first.output).toMatch(/status +registered/);
  expect(first.output).toMatch(/fiscal mark +storage \d{16}, document \d+, attribute \d+/);
  expect(first.output).toContain('Fiscalization completed successfully');
  expect(first.status).toBe(0);

  const second = await runDemo(environment, ['--once', '--data', data]);
  // The same request again is a receipt of its own, since the demo says that it means it; the sandbox goes on counting.
  const receiptOf = (output: string) => /receipt +([\da-f-]{36})/.exec(output)?.[1];
  const documentOf = (output: string) => Number(/document (\d+),/.exec(output)?.[1]);
  expect(receiptOf(second.output)).not.toBe(receiptOf(first.output));
  expect(documentOf(second.output)).toBe(documentOf(first.output) + 1);
  expect(second.output).toContain('confirmed at an earlier start');
  expect(second.status).toBe(0);
}, 60_000);

it.each([
  ['atol', /link +https:\/\/consumer\.1-ofd-test\.ru\/v1\?fn=99990\d{11}/],
  ['orangedata', /fiscal mark +storage 99991\d{11}, document 1,/],
])(
  'registers through %s where that is asked for',
  async (provider, mark) => {
    const data = mkdtempSync(join(tmpdir(), 'fiscalkit-demo-'));
    const environment = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
    const { status, output } = await runDemo(environment, ['--once', '--provider', provider, '--data', data]);
    expect(output).toMatch(mark);
    expect(status).toBe(0);
    const unknown = await runDemo(environment, ['--provider', 'nobody', '--data', data]);
    expect(unknown).toMatchObject({ status: 1, output: expect.stringContaining('one of freedompay, atol') });
  },
  60_000,
);

it('moves a ledger of before the first release aside, says so, and begins a new one', async () => {
  const data = mkdtempSync(join(tmpdir(), 'fiscalkit-demo-'));
  const old = new DatabaseSync(join(data, 'ledger.sqlite'));
  old.exec('CREATE TABLE entries (a); CREATE TABLE journal (a); PRAGMA user_version = 6');
  old.close();
  const environment = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
  const { status, output } = await runDemo(environment, ['--once', '--data', data]);
  expect(output).toContain('is of before the first release');
  expect(readdirSync(data)).toContainEqual(expect.stringMatching(/^ledger\.sqlite\.before-/));
  expect(status).toBe(0);
}, 60_000);

it.each(['PORT', 'SANDBOX_PORT'])('names a %s that is taken, and how to set another', async (variable) => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const taken = String(typeof address === 'object' && address ? address.port : 0);
  const environment = {
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    [variable]: taken,
  };
  const { status, output } = await runDemo(environment, [
    '--once',
    '--data',
    mkdtempSync(join(tmpdir(), 'fiscalkit-demo-')),
  ]);
  holder.close();
  expect(output).toContain(`port ${taken} is taken; set ${variable}`);
  expect(status).toBe(1);
});
