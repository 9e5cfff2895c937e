import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstBrokenRow } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { startPostgresServer } from '@fiscalkit/postgres-server';
import { askForReceipt, killPrograms, startGatewayProgram, startSandboxProgram } from '@fiscalkit/testing';
import { afterEach, expect, it } from 'vitest';
import { addFault, readJournal } from './sandbox-journal.fixture.js';

afterEach(killPrograms);

const payments = 2_500;

/** Asks again until the gateway answers, as a shop does: the same request is the same receipt. */
async function askUntilAnswered(
  gatewayUrl: string,
  payment: number,
  operation: 'sell' | 'sell_refund',
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await askForReceipt(gatewayUrl, payment, operation)).receipt_id;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Sells and refunds every payment, some at a time. */
async function sellAndRefund(gatewayUrl: string): Promise<string[]> {
  const ids: string[] = [];
  let next = 1;
  const client = async () => {
    for (let payment = next++; payment <= payments; payment = next++) {
      ids.push(await askUntilAnswered(gatewayUrl, payment, 'sell'));
      ids.push(await askUntilAnswered(gatewayUrl, payment, 'sell_refund'));
    }
  };
  await Promise.all(Array.from({ length: 32 }, client));
  return ids;
}

it('four workers share one PostgreSQL, survive its restart and the death of one, and register each receipt once and in order', async () => {
  const server = await startPostgresServer({ inMemory: true });
  const sandbox = await startSandboxProgram({
    data: join(mkdtempSync(join(tmpdir(), 'fiscalkit-workers-')), 'sandbox.jsonl'),
    registrationDelayMs: 0,
  });
  await addFault(sandbox.url, { endpoint: 'receipts.create', fault: { kind: 'delay', ms: 50 } });
  const start = (role: 'api' | 'worker') =>
    startGatewayProgram({ providersUrl: sandbox.url, ledgerUrl: server.connectionString, role });
  const api = await start('api');
  const workers = await Promise.all(Array.from({ length: 4 }, () => start('worker')));

  const selling = sellAndRefund(api.url);
  const registered = async () => (await readJournal(sandbox.url)).receipts.length;
  await expect.poll(registered, { timeout: 60_000 }).toBeGreaterThan(payments / 5);
  await workers[0]?.kill();
  await expect.poll(registered, { timeout: 60_000 }).toBeGreaterThan(payments / 2);
  await server.restart();
  const ids = await selling;
  expect(new Set(ids).size).toBe(2 * payments);

  const store = await createPostgresStore({ connectionString: server.connectionString });
  const left = async () => 2 * payments - (await store.figures(0, 0)).byState.registered;
  await expect.poll(left, { timeout: 120_000, interval: 500 }).toBe(0);

  const orders = new Map<string, string[]>();
  for (const { payment_id, operation_type } of (await readJournal(sandbox.url)).receipts) {
    orders.set(payment_id, [...(orders.get(payment_id) ?? []), operation_type]);
  }
  expect(orders.size).toBe(payments);
  for (const operations of orders.values()) expect(operations).toEqual(['sell', 'sell_refund']);
  for (const id of ids) expect(firstBrokenRow(await store.journal(id))).toBeNull();
  await store.close();
  await killPrograms();
  await server.stop();
}, 300_000);
