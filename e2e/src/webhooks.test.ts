import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { signDetached } from '@fiscalkit/client/jws';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import { type Sandbox, startSandbox } from '@fiscalkit/sandbox';
import { freePort } from '@fiscalkit/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

const program = fileURLToPath(import.meta.resolve('@fiscalkit/gateway')).replace(/index\.js$/, 'main.js');
const receipts = 40;
const kills = 6;

let folder: string;
let database: PostgresServer;
let sandbox: Sandbox;
let receiver: Server;
const children = new Set<ChildProcess>();
/** Types of the events that were taken, in the order of their coming, by receipt. */
const taken = new Map<string, string[]>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-webhooks-'));
  [database, sandbox] = await Promise.all([
    startPostgresServer({ inMemory: true }),
    startSandbox({ port: 0, registrationDelayMs: 100 }),
  ]);
  let requests = 0;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', (): unknown => {
      requests += 1;
      // Fails, breaks and stalls in turn.
      if (requests % 7 === 3) return response.writeHead(500).end();
      if (requests % 11 === 5) return request.socket.destroy();
      if (requests % 23 === 7) return undefined;
      const { type, data } = JSON.parse(Buffer.concat(chunks).toString());
      taken.set(data.receipt_id, [...(taken.get(data.receipt_id) ?? []), type]);
      return setTimeout(() => response.writeHead(204).end(), Math.random() * 30);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  receiver.closeAllConnections();
  await Promise.all([sandbox.close(), database.stop(), new Promise((resolve) => receiver.close(resolve))]);
  rmSync(folder, { recursive: true });
});

async function startGateway(port: number): Promise<ChildProcess> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const file = join(folder, `${port}.json`);
  const webhooks = [{ url, secret: { env: 'HOOK_SECRET' } }];
  writeFileSync(file, JSON.stringify({ merchants: [{ webhooks }] }));
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      FISCALKIT_DEMO: '1',
      FISCALKIT_CONFIG: file,
      FISCALKIT_LEDGER_URL: database.connectionString,
      FISCALKIT_ALLOW_FSYNC_OFF: '1',
      FISCALKIT_FREEDOMPAY_URL: sandbox.url,
      FISCALKIT_FISCALBOX_URL: sandbox.url,
      FISCALKIT_WEBHOOK_ATTEMPT_MS: '500',
      FISCALKIT_WEBHOOK_RETRY_MS: '50',
      FISCALKIT_WEBHOOK_MOST_RETRY_MS: '500',
      HOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      PORT: String(port),
    },
    stdio: 'ignore',
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const isReady = async () =>
    (await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => null))?.ok === true;
  await expect.poll(isReady, { timeout: 20_000, interval: 50 }).toBe(true);
  return child;
}

/** Accepts a receipt at one of the gateways; again while that is being killed. */
async function sell(ports: readonly number[], payment: number): Promise<string> {
  const position = {
    name: 'Tea',
    price: 100,
    quantity: 1,
    vat_code: 'vat_22',
    payment_method: 'full_payment',
  };
  const body = JSON.stringify({
    receipt_format: 'ru_1_05',
    merchant_id: 542088,
    payment_id: payment,
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [{ ...position, payment_object: 'goods' }],
    settlements: [{ type: 'cashless', sum: 100 }],
  });
  const path = '/v5/receipts';
  const bytes = new TextEncoder().encode(body);
  const signed = signDetached({
    method: 'POST',
    path,
    body: bytes,
    merchantId: '542088',
    secretKey: 'secret_key',
  });
  const headers = { 'Content-Type': 'application/json', 'X-JWS-Signature': signed };
  for (let turn = payment; ; turn += 1) {
    const url = `http://127.0.0.1:${ports[turn % ports.length]}${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
    if (answer?.ok) return JSON.parse(await answer.text()).data.receipt_id;
    await delay(100);
  }
}

it('tells every receipt at least once and in order, whoever is killed and whatever the receiver does', async () => {
  const ports = [await freePort(), await freePort()];
  const gateways = [await startGateway(ports[0] ?? 0), await startGateway(ports[1] ?? 0)];
  // Long enough for one of them to have begun with the endpoint.
  await delay(1_000);
  const selling = (async () => {
    const ids: string[] = [];
    for (let payment = 1; payment <= receipts; payment += 1) {
      ids.push(await sell(ports, payment));
      await delay(100);
    }
    return ids;
  })();
  for (let kill = 0; kill < kills; kill += 1) {
    await delay(600 + Math.random() * 600);
    const which = kill % 2;
    gateways[which]?.kill('SIGKILL');
    gateways[which] = await startGateway(ports[which] ?? 0);
  }
  const ids = await selling;
  const missing = () =>
    ids.filter((id) => {
      const types = taken.get(id) ?? [];
      return !types.includes('receipt.accepted') || !types.includes('receipt.registered');
    });
  await expect.poll(missing, { timeout: 90_000, interval: 200 }).toEqual([]);
  // A repeat may come late; what came first of each kind is in order.
  for (const id of ids) {
    expect([...new Set(taken.get(id))]).toEqual(['receipt.accepted', 'receipt.registered']);
  }
  expect([...taken.keys()].sort()).toEqual([...ids].sort());
}, 150_000);
