import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../contract/provider.js';
import { type LoopbackServer, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
const since = new Date('2026-03-10T21:00:00Z');

let server: LoopbackServer;
let provider: Provider;
beforeEach(async () => {
  server = await startLoopbackServer();
  provider = createFreedompay({
    merchantId: '542088',
    secretKey: 'secret',
    baseUrl: server.origin,
    clock: () => now,
  });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

function find(payment_id: string, shownId: unknown, filterFinds = true) {
  const row = documentedReceipt({
    receipt_id: 'ours',
    payment_id: shownId,
    created_at: '11.03.2026 02:00:07',
  });
  server.behave((response, { target }) => {
    const data = target.includes('payment_id') && !filterFinds ? [] : [row];
    response.end(JSON.stringify({ data }));
  });
  const document = checkedReceipt({ payment_id });
  const request = provider.freeze(
    { operation: 'receipt', document },
    { reference: 'reference', businessTime: since },
  );
  return provider.find(request, { since, boundDocumentIds: new Set() });
}

describe('an id that looks like a number with an exponent', () => {
  it.each([
    ['4821e07', '4821e07'],
    ['1e5', '1e5'],
    ['4821e07', '4821E07'],
    ['4821E07', '4821e07'],
    ['1.5e3', '1.5e3'],
    ['4821e07', '48210000000'],
    ['4821e07', 48_210_000_000],
    ['12e3', '1.200000e+04'],
    ['12e003', 12_000],
  ] as const)('of the payment %s is found when it is shown as %s', async (id, shown) => {
    expect((await find(id, shown)).kind).not.toBe('absent');
  });

  it.each([
    ['4821e07', '4821e07'],
    ['4821e07', '4821E07'],
    ['4821e07', 48_210_000_000],
  ] as const)('of the payment %s, shown as %s, is found in the list of all', async (id, shown) => {
    expect((await find(id, shown, false)).kind).not.toBe('absent');
  });
});
