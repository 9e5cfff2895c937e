import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newEntry } from '../store/new-entry.fixture.js';
import { usePostgresStores } from '../store/postgres/postgres-stores.fixture.js';
import { sharedAccount, startDelivery, until } from './delivery-harness.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

const stores = usePostgresStores();

/** A register that notes how many calls it has at a time, and who makes them. */
class Register {
  readonly server: Server;
  readonly references: string[] = [];
  readonly callers: string[] = [];
  underWay: string[] = [];
  most = 0;

  constructor() {
    this.server = createServer(async (request, response) => {
      const caller = request.url ?? '';
      this.underWay = [...this.underWay, caller];
      this.most = Math.max(this.most, this.underWay.length);
      this.callers.push(caller);
      response.on('close', () => {
        this.underWay = this.underWay.filter((each) => each !== caller);
      });
      this.references.push(await text(request));
      await delay(20);
      response.end();
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}

let register: Register;
let workers: ChildProcess[];

beforeEach(async () => {
  register = new Register();
  register.server.listen(0, '127.0.0.1');
  await once(register.server, 'listening');
  workers = [];
});

afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  register.server.closeAllConnections();
  register.server.close();
});

function startWorker(schema: string, name: string): ChildProcess {
  const loader = fileURLToPath(new URL('../store/sqlite/source-loader.fixture.ts', import.meta.url));
  const program = fileURLToPath(new URL('serial-worker.fixture.ts', import.meta.url));
  const { connectionString } = stores.server();
  const given = [connectionString, schema, `${register.origin}/${name}`];
  const worker = spawn(process.execPath, ['--import', loader, program, ...given], { stdio: 'inherit' });
  workers.push(worker);
  return worker;
}

it('has one call at a time, whoever makes it, also when a process is killed in the middle of one', async () => {
  const schema = stores.newSchema();
  const store = await stores.open(schema);
  const ids = Array.from({ length: 60 }, () => newEntry());
  await Promise.all(ids.map((entry) => store.accept(entry)));
  const byName = { '/one': startWorker(schema, 'one'), '/two': startWorker(schema, 'two') };

  await waitFor(() => register.references.length > 10 && register.underWay.length > 0);
  const [caller = '/one'] = register.underWay;
  byName[caller as keyof typeof byName].kill('SIGKILL');
  const survivor = caller === '/one' ? '/two' : '/one';
  await waitFor(async () => (await store.figures(0, 0)).byState.registered === ids.length);

  expect(register.most).toBe(1);
  expect(new Set(register.references).size).toBe(ids.length);
  expect(register.callers.slice(-20)).toEqual(Array(20).fill(survivor));
  await store.close();
}, 60_000);

it('keeps to that limit in one process, too', async () => {
  const provider = new ScriptedProvider('memory', { limits: { concurrency: 2 } });
  provider.usually = { kind: 'slow', milliseconds: 5 };
  const harness = startDelivery({ providers: [provider] });
  harness.dispatcher.start([provider.name]);
  for (let count = 0; count < 12; count += 1) await harness.accept();
  await until(() => provider.documents.length === 12);
  await harness.stop();
  expect(provider.most).toBe(2);
});

it('keeps the distances between submissions, and between polls', async () => {
  const limits = { concurrency: 1, submitsPerSecond: 20, pollsPerSecond: 10 };
  const provider = new ScriptedProvider('memory', { limits });
  provider.usually = { kind: 'pend', polls: 1 };
  provider.account = { address: 'memory:', merchantId: 'company' };
  const times: Record<'submit' | 'poll', number[]> = { submit: [], poll: [] };
  const { submit, poll } = provider;
  provider.submit = (...given) => {
    times.submit.push(performance.now());
    return submit.apply(provider, given);
  };
  provider.poll = (...given) => {
    times.poll.push(performance.now());
    return poll.apply(provider, given);
  };
  const merchants = { shop: provider, other: provider };
  const harness = startDelivery({ providers: [provider], merchants });
  harness.dispatcher.start([provider.name]);
  for (let count = 0; count < 6; count += 1) {
    await harness.accept({ merchant: count % 2 ? 'shop' : 'other', account: sharedAccount });
  }
  await waitFor(async () => (await harness.store.figures(0, 0)).byState.registered === 6);
  await harness.stop();
  const least = (of: number[]) => Math.min(...of.slice(1).map((time, index) => time - (of[index] ?? 0)));
  expect(times.submit).toHaveLength(6);
  expect(least(times.submit)).toBeGreaterThanOrEqual(49);
  expect(times.poll).toHaveLength(12);
  expect(least(times.poll)).toBeGreaterThanOrEqual(99);
}, 20_000);

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}
