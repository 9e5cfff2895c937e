import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyDetached } from '@fiscalkit/client/jws';
import { demoMerchant } from '@fiscalkit/testing';
import { expect, onTestFinished, test } from 'vitest';
import { drive, prepareRequests } from './drive.js';
import type { LoadPlan } from './run-load.js';

interface Arrived {
  readonly token: string;
  readonly body: Buffer;
}

/** Starts a server that keeps what arrives, and answers with the given statuses and then with 200. */
async function serve(...statuses: number[]) {
  const arrived: Arrived[] = [];
  const listener: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    arrived.push({ token: String(request.headers['x-jws-signature']), body });
    response.writeHead(statuses[arrived.length - 1] ?? 200, { 'Content-Length': 2 }).end('{}');
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}

const load = (plan: LoadPlan) => drive(plan, prepareRequests(plan));

test('every request is the signed receipt of a payment of its own, and is answered', async () => {
  const { url, arrived } = await serve();
  const result = await load({ url, connections: 4, requests: 50, firstPayment: 1_000 });
  expect(result).toMatchObject({ requests: 50 });
  expect(result.sentAtMs).toBeUndefined();
  const payments = arrived.map(({ body }) => JSON.parse(body.toString()).payment_id);
  expect(payments.toSorted()).toEqual(Array.from({ length: 50 }, (_, index) => 1_000 + index));
  for (const { token, body } of arrived) {
    const signing = { token, body, method: 'POST', path: '/v5/receipts', query: '' };
    expect(verifyDetached({ ...signing, secretOf: () => demoMerchant.secretKey })).toMatchObject({
      ok: true,
    });
  }
});

test('a rate spreads the requests over time, and tells when each was sent', async () => {
  const { url, arrived } = await serve();
  const { seconds, sentAtMs = [] } = await load({
    url,
    connections: 4,
    requests: 20,
    firstPayment: 1,
    perSecond: 100,
  });
  expect(arrived).toHaveLength(20);
  expect(seconds).toBeGreaterThan(0.18);
  expect(sentAtMs).toHaveLength(20);
  expect((sentAtMs.at(-1) ?? 0) - (sentAtMs[0] ?? 0)).toBeGreaterThan(180);
});

test('an answer that is no success fails the load', async () => {
  const { url } = await serve(200, 200, 429);
  await expect(load({ url, connections: 1, requests: 5, firstPayment: 1 })).rejects.toThrow('429');
});
