import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { signDetached } from '@fiscalkit/client/jws';
import { type PostgresServer, startPostgresServer } from '@fiscalkit/postgres-server';
import {
  askForReceipt,
  demoMerchant,
  killPrograms,
  startGatewayProgram,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

let database: PostgresServer;
let receiver: Server;
/** Types of the events that were taken, in the order of their coming, by receipt. */
const taken = new Map<string, string[]>();

beforeEach(async () => {
  taken.clear();
  database = await startPostgresServer({ inMemory: true });
  receiver = createServer(async (request, response) => {
    const { type, data } = JSON.parse(await text(request));
    taken.set(data.receipt_id, [...(taken.get(data.receipt_id) ?? []), type]);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  killPrograms();
  receiver.closeAllConnections();
  await Promise.all([database.stop(), new Promise((resolve) => receiver.close(resolve))]);
});

async function call(url: string, method: 'PUT' | 'DELETE', document?: object): Promise<number> {
  const path = '/v5/webhooks/shop';
  const body = document ? JSON.stringify(document) : '';
  const { merchantId, secretKey } = demoMerchant;
  const signature = signDetached({
    method,
    path,
    body: new TextEncoder().encode(body),
    merchantId,
    secretKey,
  });
  const headers = { 'X-JWS-Signature': signature, ...(body && { 'Content-Type': 'application/json' }) };
  return (await fetch(`${url}${path}`, { method, headers, ...(body && { body }) })).status;
}

it("delivers to a merchant's endpoint by one of several processes, and by none once it is deleted", async () => {
  const sandbox = await startSandboxProgram({});
  const start = (role: 'api' | 'all') =>
    startGatewayProgram({
      providersUrl: sandbox.url,
      ledgerUrl: database.connectionString,
      role,
      environment: {
        FISCALKIT_ALLOW_FSYNC_OFF: '1',
        FISCALKIT_WEBHOOK_KEY: 'a-key-of-webhooks-of-32-characters',
        FISCALKIT_OWN_WEBHOOKS_ALLOW_PRIVATE: '1',
        FISCALKIT_WEBHOOK_ATTEMPT_MS: '500',
      },
    });
  const api = await start('api');
  const [one, other] = await Promise.all([start('all'), start('all')]);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const sell = async (payment: number) => (await askForReceipt(api.url, payment)).receipt_id;
  const isDelivered = async (id: string) =>
    expect.poll(() => taken.get(id), { timeout: 20_000 }).toEqual(['receipt.accepted', 'receipt.registered']);

  expect(await call(api.url, 'PUT', { url })).toBe(200);
  for (const id of [await sell(1), await sell(2)]) await isDelivered(id);
  // Whichever of them delivers: the other goes on when it is gone.
  await one.stop();
  await isDelivered(await sell(3));

  expect(await call(api.url, 'DELETE')).toBe(200);
  const selling = (async () => {
    for (let payment = 10; payment < 30; payment += 1) {
      await sell(payment);
      await delay(100);
    }
  })();
  await delay(1_500);
  const late = taken.size;
  await selling;
  await delay(1_000);
  expect(taken.size).toBe(late);

  expect(await call(other.url, 'PUT', { url })).toBe(200);
  await isDelivered(await sell(40));
  expect(taken.size).toBe(late + 1);
}, 90_000);
