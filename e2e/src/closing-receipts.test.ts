import { setTimeout as delay } from 'node:timers/promises';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import type { DataEnvelope, ReceiptObject } from '@fiscalkit/schemas';
import {
  killPrograms,
  readReceipt,
  sampleSale,
  signRequest,
  startGatewayProgram,
  startGatewayWithSandbox,
  startSandboxProgram,
} from '@fiscalkit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readJournal } from './sandbox-journal.fixture.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder.fixture.js';

let server: Awaited<ReturnType<typeof startPostgresServer>>;
beforeAll(async () => {
  server = await startPostgresServer({ inMemory: true });
});
afterEach(killPrograms);
afterAll(async () => {
  await server.stop();
  removeTemporaryFolders();
});

/** Sends a signed request; `null` when no answer came. */
async function post(gatewayUrl: string, path: string, key: string, body = '') {
  const headers = {
    'X-JWS-Signature': signRequest('POST', path, body),
    ...(body !== '' && { 'Content-Type': 'application/json' }),
    ...(key !== '' && { 'Idempotency-Key': key }),
  };
  try {
    // An empty text would be sent as plain text.
    const sent = body === '' ? {} : { body };
    const response = await fetch(`${gatewayUrl}${path}`, { method: 'POST', headers, ...sent });
    const { data } = (await response.json()) as DataEnvelope<ReceiptObject>;
    return { status: response.status, receipt: data };
  } catch {
    return null;
  }
}

/** Returns a prepayment that is registered. */
async function prepay(gatewayUrl: string): Promise<ReceiptObject> {
  const ahead = { vat_code: 'vat_122', payment_method: 'full_prepayment' } as const;
  const { positions, ...sale } = sampleSale(1);
  const prepayment = { ...sale, positions: positions.map((position) => ({ ...position, ...ahead })) };
  const accepted = await post(gatewayUrl, '/v5/receipts', '', JSON.stringify(prepayment));
  return readReceipt(gatewayUrl, accepted?.receipt.receipt_id ?? '', 20_000);
}

let databases = 0;

/** Returns the URL of a database that has nothing yet. */
async function newDatabase(): Promise<string> {
  databases += 1;
  await server.run(`CREATE DATABASE closing_${databases}`);
  return server.connectionString.replace(/\/postgres$/, `/closing_${databases}`);
}

/** Twelve requests for one closing receipt, as twelve changes of an order's state make them. */
const keys = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? '' : `change-${index}`));

/** Starts a gateway that answers and delivers, with its sandbox. */
async function startOnSqlite() {
  const { sandbox, gateway, startGateway } = await startGatewayWithSandbox({
    folder: temporaryFolder('closing'),
  });
  return { sandbox, gateway, startGateway };
}

/** The same on PostgreSQL, where another process delivers: a lease of one that was killed lasts for minutes. */
async function startOnPostgres() {
  const [sandbox, ledgerUrl] = await Promise.all([startSandboxProgram({}), newDatabase()]);
  const start = (role: 'api' | 'worker') =>
    startGatewayProgram({ providersUrl: sandbox.url, ledgerUrl, role });
  const [gateway] = await Promise.all([start('api'), start('worker')]);
  return { sandbox, gateway, startGateway: () => start('api') };
}

describe.each([
  ['SQLite', startOnSqlite],
  ['PostgreSQL', startOnPostgres],
])('the closing receipt of a prepayment, on %s,', (_name, startShop) => {
  it.each([0, 3])(
    'is one, though it is asked for twelve times and the gateway is killed after %i answers',
    async (answered) => {
      const shop = await startShop();
      const prepaid = await prepay(shop.gateway.url);
      expect(prepaid.status).toBe('registered');
      const path = `/v5/receipts/${prepaid.receipt_id}/close`;
      let answers = 0;
      const requests = keys.map((key) => post(shop.gateway.url, path, key).finally(() => (answers += 1)));
      // Long enough for the first to be at work.
      await delay(3);
      while (answers < answered) await delay(0);
      await shop.gateway.kill();
      const before = (await Promise.all(requests)).filter((answer) => answer !== null);
      expect(before.length).toBeGreaterThanOrEqual(answered);

      const next = await shop.startGateway();
      const after = await Promise.all(keys.map((key) => post(next.url, path, key)));
      const all = [...before, ...after];
      expect(new Set(all.map((answer) => answer?.status))).toEqual(new Set([200]));
      const ids = new Set(all.map((answer) => answer?.receipt.receipt_id));
      expect(ids.size).toBe(1);
      const [id = ''] = ids;
      // A worker that was killed amid a call has its lease for a while.
      const closing = () => readReceipt(next.url, id, 5_000);
      await expect.poll(closing, { timeout: 90_000 }).toMatchObject({
        status: 'registered',
        origin: { receipt_id: prepaid.receipt_id, relation: 'closing' },
      });
      const { receipts } = await readJournal(shop.sandbox.url);
      expect(receipts.map(({ operation_type }) => operation_type)).toEqual(['sell', 'sell']);
    },
    180_000,
  );
});
