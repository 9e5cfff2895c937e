import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startSandbox } from '../start-sandbox.js';
import { run } from './run.js';
import { readSettings } from './settings.js';

const rule = { endpoint: '*', fault: { kind: 'drop-after' } };

afterEach(() => vi.restoreAllMocks());

test('the defaults, and the port from the environment', () => {
  expect(readSettings([], {})).toEqual({
    print: null,
    options: { host: '127.0.0.1', port: 8090, registrationDelayMs: 300, seed: 1, faults: [], writing: [] },
  });
  expect(readSettings([], { SANDBOX_PORT: '9000' })).toMatchObject({ options: { port: 9000 } });
  expect(readSettings(['--port', '1'], { SANDBOX_PORT: '9000' })).toMatchObject({ options: { port: 1 } });
});

test('every option', () => {
  const argv = [
    '--host',
    '::1',
    '--registration-delay-ms',
    '0',
    '--data',
    'd',
    '--seed',
    '7',
    '--faults',
    JSON.stringify(rule),
    '--writes',
    'cp866,cut:20',
  ];
  expect(readSettings(argv, {})).toMatchObject({
    options: {
      host: '::1',
      registrationDelayMs: 0,
      dataFile: 'd',
      seed: 7,
      faults: [rule],
      writing: ['cp866', 'cut:20'],
    },
  });
});

test('fault rules from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const path = join(folder, 'faults.json');
  writeFileSync(path, JSON.stringify([rule, rule]));
  expect(readSettings(['--faults', path], {})).toMatchObject({ options: { faults: [rule, rule] } });
  rmSync(folder, { recursive: true });
});

test.each([
  ['an unknown option', ['--surprise'], 'sandbox.arguments'],
  ['a port too large', ['--port', '65536'], 'sandbox.arguments'],
  ['a port that is no number', ['--port', '80a'], 'sandbox.arguments'],
  ['a negative delay', ['--registration-delay-ms=-1'], 'sandbox.arguments'],
  ['a fault file that is not there', ['--faults', '/nowhere/faults.json'], 'sandbox.arguments'],
  ['faults that are not JSON', ['--faults', '{'], 'sandbox.arguments'],
  ['faults that are no rules', ['--faults', '[{}]'], 'sandbox.fault.invalid'],
  ['a way of writing that there is not', ['--writes', 'yo,koi8'], 'sandbox.writing.invalid'],
])('%s is refused', (_name, argv, code) => {
  expect(() => readSettings(argv, {})).toThrow(expect.objectContaining({ code }));
});

test('--help prints the options and ends', async () => {
  const output = captureOutput();
  expect(await run(['--help'], {})).toBe(0);
  expect(output.written.join('')).toContain('--registration-delay-ms');
});

test('--version prints the version of the package', async () => {
  const output = captureOutput();
  expect(await run(['--version'], {})).toBe(0);
  expect(output.written.join('')).toMatch(/^fiscalkit-sandbox \d+\.\d+\.\d+\n$/);
});

test('a taken port is one clear line and exit code 1', async () => {
  await using sandbox = await startSandbox();
  const output = captureOutput();
  expect(await run(['--port', String(sandbox.port)], {})).toBe(1);
  expect(output.complaints).toEqual([expect.stringMatching(/^port \d+ .* is taken.*\n$/)]);
});

test('prints its URL and ends with 0 on SIGTERM', async () => {
  const output = captureOutput();
  const running = run(['--port', '0'], {});
  await expect.poll(() => output.written, { interval: 5 }).toHaveLength(1);
  expect(output.written[0]).toMatch(/^sandbox listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  process.emit('SIGTERM', 'SIGTERM');
  expect(await running).toBe(0);
});

function captureOutput() {
  const written: string[] = [];
  const complaints: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(String(text)) > 0);
  return { written, complaints };
}
