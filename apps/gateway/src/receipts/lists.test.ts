import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '@fiscalkit/ledger';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Harness, openHarness, shop, signatureOf } from '../gateway.fixture.js';
import { sale } from '../receipt.fixture.js';

let folder: string;
let path: string;
let harness: Harness;
const sockets: Socket[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiscalkit-lists-'));
  path = join(folder, 'ledger.sqlite');
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await harness.close();
  rmSync(folder, { recursive: true });
});

async function open(environment: Record<string, string> = {}): Promise<Harness> {
  harness = await openHarness({
    FISCALKIT_LEDGER_URL: `sqlite:${path}`,
    FISCALKIT_ROLE: 'api',
    FISCALKIT_REQUESTS_PER_SECOND: 'none',
    ...environment,
  });
  return harness;
}

/** Stores a number of receipts of about a given size. */
async function fill(count: number, bytes: number): Promise<void> {
  const store = await openSqliteStore({ path });
  const position = { name: 'Чай', price: 1, quantity: 1, vat_code: 'vat_22', sum: 1 };
  const supplier = { name: 'x'.repeat(Math.ceil(bytes / 100)) };
  const document = {
    ...sale(),
    positions: Array.from({ length: 100 }, () => ({ ...position, supplier })),
    total: 100,
    merchant_id: shop.id,
    payment_id: '1',
    receipt_method: 'full',
  };
  const body = new TextEncoder().encode(JSON.stringify(document));
  const accept = () => {
    const id = randomUUID();
    return store.accept({
      id,
      merchant: shop.id,
      provider: 'freedompay',
      account: 'none',
      operation: 'receipt',
      idempotencyKey: id,
      contentDigest: id,
      uniqueKeys: [],
      orderingKey: id,
      facets: { paymentId: '1', operationType: 'sell', totalMinor: 10_000 },
      document,
      request: { operation: 'receipt', reference: id, businessTime: new Date(), body },
    });
  };
  await Promise.all(Array.from({ length: count }, accept));
  await store.close();
}

/** Requests a page, and reads only its head. */
async function stalled(page = '/v5/receipts?limit=100'): Promise<Socket> {
  const { hostname, port } = new URL(harness.gateway.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.on('error', () => {});
  const signature = signatureOf({ path: page });
  socket.write(`GET ${page} HTTP/1.1\r\nHost: a\r\nX-JWS-Signature: ${signature}\r\n\r\n`);
  await once(socket, 'data');
  socket.pause();
  return socket;
}

async function pageText(page: string) {
  const { headers, body, statusCode } = await request(`${harness.gateway.url}${page}`, {
    headers: { 'X-JWS-Signature': signatureOf({ path: page }) },
  });
  return { status: statusCode, headers, text: await body.text() };
}

describe('a page', () => {
  it.each([
    [3, 1_000, 'content-length'],
    [12, 100_000, 'transfer-encoding'],
  ])('of %i receipts of %i bytes is printed as one text', async (count, bytes, header) => {
    await fill(count, bytes);
    await open();
    const { headers, text } = await pageText('/v5/receipts?limit=100');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers[header]).toBeDefined();
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
    const { data } = JSON.parse(text);
    expect(data).toHaveLength(count);
    const alone = await pageText(`/v5/receipts/${data[1].receipt_id}`);
    expect(JSON.stringify({ data: data[1] })).toBe(alone.text);
  });

  it('that can not be read to its end breaks off, and is told of', async () => {
    await fill(12, 100_000);
    const database = new DatabaseSync(path);
    database.exec("UPDATE entries SET document = 'torn' WHERE sequence = 1");
    database.close();
    await open();
    await expect(pageText('/v5/receipts?limit=100')).rejects.toThrow();
    expect((await pageText('/v5/receipts?limit=11')).status).toBe(200);
    const { status, text } = await pageText('/v5/receipts?offset=11');
    expect([status, JSON.parse(text).error.code]).toEqual([500, 'gateway.internal']);
    expect(harness.logLines.filter((line) => line.includes('request.failed'))).toHaveLength(2);
  });
});

describe('many lists at once', () => {
  it('of large receipts are held in a bounded memory', async () => {
    await fill(30, 900_000);
    await open({ FISCALKIT_MAX_LISTS: '5' });
    const { rss: before } = process.memoryUsage();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 20);
    const lengths = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { body } = await request(`${harness.gateway.url}/v5/receipts?limit=100`, {
          headers: { 'X-JWS-Signature': signatureOf({}) },
        });
        let length = 0;
        for await (const piece of body) length += piece.length;
        return length;
      }),
    );
    clearInterval(watch);
    expect(Math.min(...lengths)).toBeGreaterThan(27_000_000);
    expect(most).toBeLessThan(400_000_000);
  }, 240_000);

  it('of one merchant wait for their turn, and too many are refused', async () => {
    await fill(12, 900_000);
    await open({ FISCALKIT_MAX_LISTS: '2', FISCALKIT_MAX_WAITING_LISTS: '1' });
    const held = [await stalled(), await stalled()];
    const answers: Answer[] = [];
    const lists = Array.from({ length: 3 }, async () =>
      answers.push(await harness.signed({ path: '/v5/receipts?limit=1' })),
    );
    // One of the three waits.
    await expect.poll(() => answers.length, { timeout: 9_000 }).toBe(2);
    for (const { status, headers, body } of answers) {
      expect(status).toBe(429);
      expect(body.error).toMatchObject({ code: 'lists.busy', retryable: true });
      expect(headers['retry-after']).toBe('1');
    }
    // Other requests are not affected.
    expect((await harness.signed({ path: '/v5/receipts/none' })).body.error.code).toBe('receipt.id.format');
    expect((await harness.signed({ method: 'POST', body: JSON.stringify(sale()) })).status).toBe(200);
    held[0]?.destroy();
    await Promise.all(lists);
    expect(answers.at(-1)?.status).toBe(200);
  }, 60_000);

  it('give their place back when nobody waits for the answer any more', async () => {
    await fill(12, 900_000);
    await open({ FISCALKIT_MAX_LISTS: '1', FISCALKIT_MAX_WAITING_LISTS: '1' });
    const first = await stalled();
    const { hostname, port } = new URL(harness.gateway.url);
    const second = connect(Number(port), hostname);
    sockets.push(second);
    const signature = signatureOf({});
    second.write(`GET /v5/receipts HTTP/1.1\r\nHost: a\r\nX-JWS-Signature: ${signature}\r\n\r\n`);
    expect((await harness.signed({})).status).toBe(429);
    second.destroy();
    const third = harness.signed({ path: '/v5/receipts?limit=1' });
    first.destroy();
    expect((await third).status).toBe(200);
  }, 60_000);
});
