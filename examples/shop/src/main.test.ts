import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@fiscalkit/postgres-server';
import { expect, it, onTestFinished } from 'vitest';
import { mailsIn, newFolder } from './shop.fixture.js';

/** Runs the built program to its end. */
async function run(port: number, dataFolder: string, variable = 'SHOP_PORT') {
  const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = execFile(process.execPath, [program, '--once', '--data', dataFolder], {
    env: { ...process.env, [variable]: String(port) },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      output += text;
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

it('tells its story and ends well, twice on the same data', async () => {
  const folder = newFolder();
  for (const documents of ['document 1, its refund 2', 'document 3, its refund 4']) {
    const { status, output } = await run(await freePort(), folder);
    expect(output).toContain(documents);
    expect(status).toBe(0);
  }
  expect(mailsIn(join(folder, 'mails.jsonl'))).toHaveLength(4);
}, 60_000);

it.each(['SHOP_PORT', 'PORT'])('says so when the port in %s is taken', async (variable) => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    other.close();
  });
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { status, output } = await run(port, newFolder(), variable);
  expect(output).toContain(`port ${port} is taken; set SHOP_PORT`);
  expect(status).toBe(1);
});
