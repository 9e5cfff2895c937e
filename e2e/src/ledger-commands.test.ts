import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { askForReceipt, killPrograms, readReceipt, startGatewayWithSandbox } from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';

const program = fileURLToPath(import.meta.resolve('@fiscalkit/gateway')).replace(/index\.js$/, 'main.js');
const run = promisify(execFile);

afterEach(killPrograms);

/** Runs a command of the gateway's program as a process of its own; answers its exit status and what it wrote. */
async function command(...words: string[]): Promise<{ status: number; output: string; errors: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [program, ...words]);
    return { status: 0, output: stdout, errors: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: stdout, errors: stderr };
  }
}

it('verify and restored take a ledger in PostgreSQL, and end with the status that was promised', async () => {
  const server = await startPostgresServer({ inMemory: true });
  const ledgerUrl = server.connectionString;
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-commands-'));
  const { gateway } = await startGatewayWithSandbox({ folder, ledgerUrl });
  const { receipt_id: id } = await askForReceipt(gateway.url, 1);
  expect((await readReceipt(gateway.url, id, 10_000)).status).toBe('registered');
  expect(await command('verify', ledgerUrl)).toMatchObject({
    status: 0,
    output: expect.stringContaining('clean: 1 entry'),
  });
  await gateway.stop();
  expect(await command('restored', ledgerUrl, '--since', '2026-01-01T00:00:00Z')).toMatchObject({
    status: 0,
    output: expect.stringContaining('2026-01-01T00:00:00.000Z'),
  });
  const { hostname, port } = new URL(ledgerUrl);
  const wrong = await command('verify', `postgres://nobody:hunter2@${hostname}:${port}/nothing`);
  expect(wrong).toMatchObject({ status: 2, output: '' });
  expect(wrong.errors).not.toContain('hunter2');
  expect((await command('verify', ledgerUrl, '--sell')).status).toBe(2);
  await server.stop();
}, 60_000);
