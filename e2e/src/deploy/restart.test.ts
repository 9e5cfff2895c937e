import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { freePort, killPrograms, startGatewayProgram, startSandboxProgram, until } from '@fiscalkit/testing';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { readJournal } from '../sandbox-journal.fixture.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.fixture.js';
import { type Calls, keepCalling } from './callers.fixture.js';

afterEach(async () => {
  await killPrograms();
  removeTemporaryFolders();
});

const restarts = 3;
const callers = 16;
const hasPython = canRun('python3', '--version');
const hasNginx = canRun('nginx', '-v');

function canRun(program: string, argument: string): boolean {
  try {
    execFileSync(program, [argument], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A gateway whose port is held by another process, as systemd holds it. */
interface HeldGateway {
  readonly url: string;
  /** Restarts the gateway, and returns what the holder says of it. */
  restart(): Promise<string>;
}

async function startHeldGateway(environment: Record<string, string>): Promise<HeldGateway> {
  const main = fileURLToPath(import.meta.resolve('@fiscalkit/gateway')).replace(/index\.js$/, 'main.js');
  const script = fileURLToPath(new URL('hold-socket.py', import.meta.url));
  const holder = spawn('python3', [script, process.execPath, main, 'serve'], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const ended = once(holder, 'exit');
    holder.stdin.end();
    await ended;
  });
  const words: string[] = [];
  createInterface(holder.stdout).on('line', (line) => {
    // The gateway's log goes the same way.
    if (!line.startsWith('{')) words.push(line);
  });
  const next = async () => {
    await expect.poll(() => words.length, { timeout: 30_000 }).toBeGreaterThan(0);
    return words.shift() ?? '';
  };
  return {
    url: `http://127.0.0.1:${await next()}`,
    restart: () => {
      holder.stdin.write('\n');
      return next();
    },
  };
}

/** Expects that every call was answered with 200, and that each receipt is registered once. */
async function expectEachOnce({ counts, payments }: Calls, sandboxUrl: string): Promise<void> {
  expect([...counts.keys()]).toEqual(['200']);
  const receipts = async () => (await readJournal(sandboxUrl)).receipts;
  const wanted = payments.length * 2;
  await expect.poll(async () => (await receipts()).length, { timeout: 60_000 }).toBe(wanted);
  const kinds = (await receipts()).map((one) => `${one.payment_id} ${one.operation_type}`);
  expect(new Set(kinds).size).toBe(wanted);
}

it.runIf(hasPython)(
  'a gateway that is restarted under a held port keeps its callers waiting, and loses no call',
  async () => {
    const folder = temporaryFolder('restart');
    const sandbox = await startSandboxProgram({
      data: join(folder, 'sandbox.jsonl'),
      registrationDelayMs: 0,
    });
    const gateway = await startHeldGateway({
      FISCALKIT_DEMO: '1',
      FISCALKIT_FREEDOMPAY_URL: sandbox.url,
      FISCALKIT_FISCALBOX_URL: sandbox.url,
      FISCALKIT_LEDGER_URL: `sqlite:${join(folder, 'ledger.sqlite')}`,
      FISCALKIT_LOG_LEVEL: 'error',
    });
    const calls = keepCalling(gateway.url, callers);
    for (let restart = 1; restart <= restarts; restart += 1) {
      const before = calls.payments.length;
      await expect.poll(() => calls.payments.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
      expect(await gateway.restart()).toBe('restarted after status 0');
    }
    await delay(1_000);
    await calls.end();

    await expectEachOnce(calls, sandbox.url);
  },
  180_000,
);

interface Proxy {
  readonly folder: string;
  readonly ports: { readonly proxy: number; readonly first: number; readonly second: number };
}

/** Starts nginx with the published configuration, on these ports. */
async function startNginx({ folder, ports }: Proxy): Promise<void> {
  const published = readFileSync(new URL('../../../deploy/nginx/fiscalkit.conf', import.meta.url), 'utf8');
  const site = published
    .replace('127.0.0.1:8080', `127.0.0.1:${ports.proxy}`)
    .replace('127.0.0.1:8081', `127.0.0.1:${ports.first}`)
    .replace('127.0.0.1:8082', `127.0.0.1:${ports.second}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(folder, kind)};`,
  );
  const configuration = join(folder, 'nginx.conf');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    configuration,
    [
      'daemon off; master_process off;',
      `pid ${join(folder, 'pid')}; error_log ${join(folder, 'errors')} warn;`,
      'events { worker_connections 512; }',
      `http { access_log off; ${temporary.join(' ')}\n${site}\n}`,
    ].join('\n'),
  );
  execFileSync('nginx', ['-t', '-q', '-c', configuration]);
  const nginx = spawn('nginx', ['-c', configuration], { stdio: 'inherit' });
  onTestFinished(async () => {
    const ended = once(nginx, 'exit');
    nginx.kill('SIGQUIT');
    await ended;
  });
  await until('nginx listens', () => fetch(`http://127.0.0.1:${ports.proxy}/health/live`).catch(() => null));
}

it.runIf(hasNginx)(
  'two gateways behind nginx are restarted one after the other, and no call fails',
  async () => {
    const folder = temporaryFolder('rolling-restart');
    const server = await startPostgresServer();
    onTestFinished(() => server.stop());
    const sandbox = await startSandboxProgram({
      data: join(folder, 'sandbox.jsonl'),
      registrationDelayMs: 0,
    });
    const ports = { proxy: await freePort(), first: await freePort(), second: await freePort() };
    const start = (role: 'api' | 'worker', port: number) =>
      startGatewayProgram({
        providersUrl: sandbox.url,
        ledgerUrl: server.connectionString,
        role,
        environment: { PORT: String(port) },
      });
    const running = new Map([[ports.first, await start('api', ports.first)]]);
    running.set(ports.second, await start('api', ports.second));
    await start('worker', 0);
    await startNginx({ folder: join(folder, 'nginx'), ports });

    const calls = keepCalling(`http://127.0.0.1:${ports.proxy}`, callers);
    for (const port of [ports.first, ports.second, ports.first, ports.second]) {
      const before = calls.payments.length;
      await expect.poll(() => calls.payments.length, { timeout: 60_000 }).toBeGreaterThan(before + 100);
      expect(await running.get(port)?.stop()).toBe(0);
      running.set(port, await start('api', port));
    }
    await calls.end();

    await expectEachOnce(calls, sandbox.url);
  },
  240_000,
);
