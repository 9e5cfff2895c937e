import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

async function runFuzz(commandLine: readonly string[]) {
  const child = spawn(process.execPath, [main, ...commandLine]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

// One seed, so that a commit keeps its verdict; the command line draws another for every run and prints it.
it('finds nothing in a minute', async () => {
  const { status, output } = await runFuzz(['--seconds', '60', '--seed', '41852483']);
  expect(output).toContain('nothing found');
  expect(status).toBe(0);
}, 150_000);

it('says what it does not understand', async () => {
  const { status, output } = await runFuzz(['--target', 'nothing']);
  expect(output).toContain('there is no target nothing');
  expect(status).toBe(2);
});
