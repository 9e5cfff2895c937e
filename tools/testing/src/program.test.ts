import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { killPrograms, startProgram } from './program.js';

afterEach(killPrograms);

const listening =
  "process.stdout.write('listens at http://127.0.0.1:1234\\n'); setInterval(() => {}, 1_000);";

/** URL of the entry of a package whose program this is. */
function entryOf(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-testing-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'main.js'), program);
  return pathToFileURL(join(folder, 'index.js')).href;
}

it('resolves with the address that the program prints, and ends it', async () => {
  const entry = entryOf(`process.once('SIGTERM', () => process.exit(3)); ${listening}`);
  const program = await startProgram(entry);
  expect(program).toMatchObject({ url: 'http://127.0.0.1:1234' });
  expect(program.isRunning()).toBe(true);
  expect(await program.stop()).toBe(3);
  expect(program.isRunning()).toBe(false);
  expect(await program.stop()).toBe(3);
});

it('passes on what the program prints, to both outputs', async () => {
  let output = '';
  const entry = entryOf(`process.stderr.write(process.argv[2] + process.env.EXTRA); ${listening}`);
  await startProgram(entry, {
    commandLine: ['one'],
    environment: { EXTRA: 'two' },
    onOutput: (text) => {
      output += text;
    },
  });
  await expect.poll(() => output).toContain('onetwo');
  expect(output).toContain('listens at');
});

it('does not take the beginning of a port for the port', async () => {
  const rest = "setTimeout(() => process.stdout.write('34\\n'), 200); setTimeout(() => {}, 10_000);";
  const entry = entryOf(`process.stdout.write('http://127.0.0.1:12'); ${rest}`);
  expect(await startProgram(entry)).toMatchObject({ url: 'http://127.0.0.1:1234' });
});

it.each(['process.exit(2)', ''])('rejects when the program ends before it listens: %j', async (program) => {
  await expect(startProgram(entryOf(program))).rejects.toThrow('ended before it listened (exit status');
});

it('kills what is left', async () => {
  const program = await startProgram(entryOf(listening));
  await killPrograms();
  expect(program.isRunning()).toBe(false);
  expect(await program.stop()).toBeNull();
});
