import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@fiscalkit/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const programs = {
  gateway: { ready: '/health/live', commandLine: [] },
  sandbox: { ready: '/_sandbox/health', commandLine: ['--registration-delay-ms', '0'] },
} as const;

let folder: string;
let port: number;
let output: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-signals-'));
  port = await freePort();
  output = '';
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function start(
  name: keyof typeof programs,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const entry = import.meta.resolve(`@fiscalkit/${name}`).replace(/index\.js$/, 'main.js');
  const started = spawn(process.execPath, [fileURLToPath(entry), ...programs[name].commandLine], {
    env: {
      ...process.env,
      FISCALKIT_DEMO: '1',
      FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'ledger.sqlite')}`,
      PORT: String(port),
      SANDBOX_PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  await untilReady(name);
  return started;
}

async function isReady(name: keyof typeof programs): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}${programs[name].ready}`).catch(() => null);
  return answer?.ok === true;
}

/** A module to load first: it gives its process a SIGUSR1, and waits until Node's own debugger is open. */
const signalledBefore = `data:text/javascript,${encodeURIComponent(`
  import { url } from 'node:inspector';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) {
    process.kill(process.pid, 'SIGUSR1');
    while (url() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  }
`)}`;

const untilReady = (name: keyof typeof programs) =>
  expect.poll(() => isReady(name), { timeout: 20_000, interval: 50 }).toBe(true);

const untilReported = (text: string) =>
  expect.poll(() => output, { timeout: 5_000, interval: 20 }).toContain(text);

describe.each(['gateway', 'sandbox'] as const)('the %s', (name) => {
  it.each(['SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const)(
    'goes on at %s, and says so',
    async (signal) => {
      const started = await start(name);
      started.kill(signal);
      await untilReported(signal);
      await sleep(200);
      expect(started.exitCode).toBeNull();
      expect(started.signalCode).toBeNull();
      expect(await isReady(name)).toBe(true);
      expect(output).not.toContain('Debugger');
      if (signal === 'SIGHUP') expect(output).toContain('restart');
    },
    30_000,
  );

  it('closes the debugger that SIGUSR1 has opened before the program began', async () => {
    await start(name, { NODE_OPTIONS: `--inspect-port=0 --import=${signalledBefore}` });
    expect(output).toContain('Debugger listening');
    const [address] = /ws:\S+/.exec(output) ?? [];
    const { host } = new URL(String(address));
    await expect(fetch(`http://${host}/json/version`)).rejects.toThrow('fetch failed');
  }, 30_000);

  it.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)(
    'ends in order at %s, and says so',
    async (signal) => {
      const started = await start(name);
      started.kill(signal);
      expect(await once(started, 'exit')).toEqual([0, null]);
      await untilReported(signal);
    },
    30_000,
  );
});

it('a gateway that waits for an attempt under way ends at once at the second signal', async () => {
  const deafProvider = createServer().listen(0, '127.0.0.1');
  await once(deafProvider, 'listening');
  const connected = once(deafProvider, 'connection');
  const address = deafProvider.address();
  const providerPort = typeof address === 'object' && address ? address.port : 0;
  const started = await start('gateway', { FISCALKIT_FISCALBOX_URL: `http://127.0.0.1:${providerPort}` });
  const link = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
  const waiting = fetch(`http://127.0.0.1:${port}/payment/anor_confirm`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer demo-api-key' },
    body: JSON.stringify({ transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee', qr_code: link }),
  }).catch(() => null);
  await connected;
  started.kill('SIGTERM');
  await untilReported('gateway.stopping');
  await sleep(200);
  expect(started.exitCode).toBeNull();
  started.kill('SIGINT');
  expect(await once(started, 'exit')).toEqual([130, null]);
  await untilReported('gateway.ended');
  await waiting;
  deafProvider.close();
}, 30_000);
