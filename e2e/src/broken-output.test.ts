import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@fiscalkit/testing';
import { Pool } from 'undici';
import { afterEach, beforeEach, expect, it } from 'vitest';

const gateway = fileURLToPath(import.meta.resolve('@fiscalkit/gateway').replace(/index\.js$/, 'main.js'));
const sandbox = fileURLToPath(import.meta.resolve('@fiscalkit/sandbox').replace(/index\.js$/, 'main.js'));

type Output = number | 'pipe';

let folder: string;
let url: string;
const running: ChildProcess[] = [];
const open: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-output-'));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  for (const descriptor of open.splice(0)) closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

function opened(path: string, flags: string | number): number {
  const descriptor = openSync(path, flags);
  open.push(descriptor);
  return descriptor;
}

/** Starts a gateway that logs every request, with these outputs. */
async function startGateway(stdout: Output, stderr: Output): Promise<ChildProcess> {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  return start(gateway, [], { stdout, stderr, port });
}

function start(
  program: string,
  commandLine: readonly string[],
  { stdout, stderr, port }: { stdout: Output; stderr: Output; port: number },
): ChildProcess {
  const child = spawn(process.execPath, [program, ...commandLine], {
    env: {
      ...process.env,
      FISCALKIT_DEMO: '1',
      FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'ledger.sqlite')}`,
      FISCALKIT_LOG_LEVEL: 'debug',
      PORT: String(port),
    },
    stdio: ['ignore', stdout, stderr],
  });
  running.push(child);
  return child;
}

async function get(path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(5_000) });
  return { status: answer.status, text: await answer.text() };
}

const untilLive = () =>
  expect
    .poll(
      () =>
        get('/health/live').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000, interval: 50 },
    )
    .toBe(200);

/** Makes so many log lines that no buffer of the way holds them. */
async function talk(): Promise<void> {
  const pool = new Pool(url, { connections: 20 });
  const ask = async () => {
    const headers = { 'X-Request-Id': 'x'.repeat(128) };
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/live', headers });
    await body.dump();
    return statusCode;
  };
  for (let round = 0; round < 50; round += 1) {
    const statuses = await Promise.all(Array.from({ length: 100 }, ask));
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
  await pool.close();
}

async function linesDropped(): Promise<number> {
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  return Number(/^fiscalkit_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  return status;
}

it('a gateway whose outputs are full from the start serves, counts what it drops, and ends in order', async () => {
  const full = opened('/dev/full', 'w');
  const child = await startGateway(full, full);
  await untilLive();
  await talk();
  expect(await linesDropped()).toBeGreaterThan(0);
  expect(await stop(child)).toBe(0);
}, 120_000);

it('a gateway whose reader has stopped serves on, and says what it dropped when the reader goes on', async () => {
  const child = await startGateway('pipe', opened('/dev/full', 'w'));
  await untilLive();
  await talk();
  expect(await linesDropped()).toBeGreaterThan(0);
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await expect.poll(() => text.includes('"event":"log.dropped"'), { timeout: 10_000 }).toBe(true);
  const report = text.split('\n').find((line) => line.includes('"event":"log.dropped"'));
  expect(JSON.parse(report ?? '')).toMatchObject({ level: 'warn', count: await linesDropped() });
  expect(await stop(child)).toBe(0);
  expect(text).toContain('"event":"gateway.stopped"');
}, 120_000);

it('a gateway whose reader has stopped for good ends all the same', async () => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  opened(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = opened(fifo, 'w');
  const child = await startGateway(writer, writer);
  await untilLive();
  await talk();
  const begunAt = performance.now();
  expect(await stop(child)).toBe(0);
  expect(performance.now() - begunAt).toBeLessThan(6_000);
}, 120_000);

it('a gateway whose reader is gone goes on', async () => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = opened(fifo, 'w');
  const child = await startGateway(writer, writer);
  await untilLive();
  closeSync(reader);
  await talk();
  expect(await linesDropped()).toBeGreaterThan(0);
  expect(await stop(child)).toBe(0);
}, 120_000);

it('a sandbox whose outputs are full serves, and ends in order', async () => {
  const full = opened('/dev/full', 'w');
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const child = start(sandbox, ['--port', String(port)], { stdout: full, stderr: full, port });
  await expect
    .poll(
      () =>
        get('/_sandbox/health').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
  expect(await stop(child)).toBe(0);
}, 30_000);
