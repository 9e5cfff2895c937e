import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../contract/provider.js';
import type { Finding } from '../../contract/verdict.js';
import { type LoopbackServer, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
const since = new Date('2026-03-10T21:00:00Z');
const attemptMs = 3_000;
/** As in the gateway: a call may outlast one attempt by half (10 and 15 seconds). */
const callMs = 4_500;

let server: LoopbackServer;
let provider: Provider;
beforeEach(async () => {
  server = await startLoopbackServer();
  provider = createFreedompay({
    merchantId: '542088',
    secretKey: 'secret',
    baseUrl: server.origin,
    attemptMs,
    clock: () => now,
  });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

function listing(rows: readonly unknown[], answer: (offset: number, response: ServerResponse) => boolean) {
  server.behave((response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    if (query.has('payment_id')) return void response.end('{"data":[]}');
    const offset = Number(query.get('offset'));
    if (answer(offset, response)) response.end(JSON.stringify({ data: rows.slice(offset, offset + 100) }));
  });
}

function others(count: number, created_at: string) {
  return Array.from({ length: count }, (_, index) =>
    documentedReceipt({ receipt_id: `other-${index}`, payment_id: `${index + 1}`, created_at }),
  );
}

function find(payment_id: string, signal?: AbortSignal): Promise<Finding> {
  const document = checkedReceipt({ payment_id });
  const request = provider.freeze(
    { operation: 'receipt', document },
    { reference: `reference-${payment_id}`, businessTime: since },
  );
  return provider.find(request, { since, boundDocumentIds: new Set(), ...(signal && { signal }) });
}

describe('a search among all receipts', () => {
  it('walks no further than five thousand once it has passed the attempt', async () => {
    listing(others(12_000, '11.03.2026 01:00:00'), () => true);
    expect(await find('order-1')).toEqual({ kind: 'absent' });
    expect(server.received.length).toBeLessThanOrEqual(53);
  }, 60_000);

  it('ends before it is cut off when a page hangs', async () => {
    listing(others(300, '11.03.2026 02:20:00'), (offset) => offset === 0);
    const begunAt = performance.now();
    expect(await find('order-1')).toMatchObject({ kind: 'unknown', reason: { code: 'provider.timeout' } });
    expect(performance.now() - begunAt).toBeLessThan(callMs);
  }, 20_000);

  it('takes no page that a capped offset gives again for the last one', async () => {
    const rows = [...others(500, '11.03.2026 02:20:00'), documentedReceipt({ payment_id: 'order-1' })];
    server.behave((response, { target }) => {
      const query = new URL(target, server.origin).searchParams;
      const offset = Math.min(Number(query.get('offset')), 200);
      const data = query.has('payment_id') ? [] : rows.slice(offset, offset + 100);
      response.end(JSON.stringify({ data }));
    });
    expect(await find('order-1')).toMatchObject({ kind: 'unknown' });
  });

  it('does not miss what moves to the top of a list while it is read', async () => {
    const ours = documentedReceipt({
      receipt_id: 'ours',
      payment_id: 'ORDER-1',
      created_at: '11.03.2026 02:00:07',
    });
    const rows = others(250, '11.03.2026 02:20:00');
    const before = [...rows.slice(0, 150), ours, ...rows.slice(150)];
    const after = [{ ...ours, status: 'processing' }, ...rows];
    let listed = before;
    server.behave((response, { target }) => {
      const query = new URL(target, server.origin).searchParams;
      const offset = Number(query.get('offset'));
      if (offset > 0) listed = after;
      response.end(
        JSON.stringify({ data: query.has('payment_id') ? [] : listed.slice(offset, offset + 100) }),
      );
    });
    expect((await find('order-1')).kind).not.toBe('absent');
  });
});
