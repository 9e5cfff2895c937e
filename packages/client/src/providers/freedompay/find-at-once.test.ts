import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindOptions, Provider } from '../../contract/provider.js';
import type { Finding } from '../../contract/verdict.js';
import { type LoopbackServer, startLoopbackServer } from '../../transport/loopback-server.fixture.js';
import { createFreedompay } from './freedompay-provider.js';
import { checkedReceipt, documentedReceipt } from './receipt.fixture.js';

const now = new Date('2026-03-10T21:30:00Z');
const since = new Date('2026-03-10T21:00:00Z');
const justAfter = '11.03.2026 02:00:07';

let server: LoopbackServer;
let provider: Provider;
let rows: Record<string, unknown>[];
beforeEach(async () => {
  rows = [];
  server = await startLoopbackServer();
  provider = createFreedompay({
    merchantId: '542088',
    secretKey: 'secret',
    baseUrl: server.origin,
    attemptMs: 60_000,
    clock: () => now,
  });
});
afterEach(async () => {
  await provider.close();
  await server.close();
});

function row(receipt_id: string, payment_id: string) {
  return documentedReceipt({ receipt_id, payment_id, created_at: justAfter });
}

/** Returns receipts of other payments, newest first. */
function strangers(count: number) {
  return Array.from({ length: count }, (_, index) => row(`stranger-${index}`, `${1_000_000 + index}`));
}

/**
 * Lists like the provider, whose filter finds nothing; `unfiltered` sends pages of everybody's receipts, as
 * of then.
 */
function listing(unfiltered = (response: ServerResponse, body: string) => void response.end(body)) {
  server.behave((response, { target }) => {
    const query = new URL(target, server.origin).searchParams;
    if (query.has('payment_id')) return void response.end(JSON.stringify({ data: [] }));
    const offset = Number(query.get('offset'));
    return unfiltered(response, JSON.stringify({ data: rows.slice(offset, offset + 100) }));
  });
}

function find(payment_id: string, options: Partial<FindOptions> = {}): Promise<Finding> {
  const document = checkedReceipt({ payment_id });
  const identity = { reference: `reference-${payment_id}`, businessTime: since };
  const request = provider.freeze({ operation: 'receipt', document }, identity);
  return provider.find(request, { since, boundDocumentIds: new Set(), ...options });
}

function pagesOfAll(): number {
  return server.received.filter(({ target }) => !target.includes('payment_id')).length;
}

async function untilPagesOfAll(pages: number) {
  while (pagesOfAll() < pages) await sleep(5);
}

const found = (providerDocumentId: string) => ({
  kind: 'found',
  verdict: { kind: 'pending', providerDocumentId },
});

describe('searches at about the same time', () => {
  it.each([
    ['plain numbers', (index: number) => `${5_000 + index}`],
    ['other ids', (index: number) => `order-${index}`],
  ])('cost a few walks through the receipts of all: %s', async (_, paymentIdOf) => {
    rows = strangers(800);
    listing();
    const begunAt = performance.now();
    const findings = await Promise.all(Array.from({ length: 50 }, (__, index) => find(paymentIdOf(index))));
    expect(findings).toEqual(findings.map(() => ({ kind: 'absent' })));
    // However slow the machine is, one more begins a second.
    const mostWalks = 4 + (performance.now() - begunAt) / 1_000;
    expect(pagesOfAll()).toBeLessThan(mostWalks * 9);
  });

  it('are each told of their own receipt', async () => {
    const filed = Array.from({ length: 20 }, (_, index) => row(`ours-${index}`, `000${index + 1}`));
    rows = [...strangers(150), ...filed, ...strangers(400).slice(200)];
    listing();
    const findings = await Promise.all(filed.map((__, index) => find(`0${index + 1}`)));
    expect(findings).toEqual(filed.map((__, index) => found(`ours-${index}`)));
  });

  it('read no absence from a walk that began before they asked', async () => {
    rows = strangers(10);
    const held: (() => void)[] = [];
    listing((response, body) => {
      if (held.length === 0) held.push(() => response.end(body));
      else response.end(body);
    });
    const first = find('0123');
    await untilPagesOfAll(1);
    rows.unshift(row('ours', '000456'));
    const second = find('0456');
    await sleep(50);
    held[0]?.();
    expect(await first).toEqual({ kind: 'absent' });
    expect(await second).toEqual(found('ours'));
  });

  it('wait a second at most for a walk that is under way', async () => {
    listing((response, body) => {
      if (pagesOfAll() > 1) response.end(body);
    });
    const hanging = new AbortController();
    const first = find('0123', { signal: hanging.signal });
    await untilPagesOfAll(1);
    const others = await Promise.all([find('0456'), find('0789')]);
    expect(others).toEqual([{ kind: 'absent' }, { kind: 'absent' }]);
    hanging.abort();
    expect((await first).kind).toBe('unknown');
  });

  it('go on when the one that began the walk is cancelled, and end at once when they are', async () => {
    const held: (() => void)[] = [];
    let isHolding = true;
    listing((response, body) => {
      if (isHolding) held.push(() => response.end(body));
      else response.end(body);
    });
    const blocking = new AbortController();
    const blocked = find('0999', { signal: blocking.signal });
    await untilPagesOfAll(1);
    const cancelled = new AbortController();
    const first = find('0123', { signal: cancelled.signal });
    const second = find('0456');
    await sleep(50);
    blocking.abort();
    await untilPagesOfAll(2);
    cancelled.abort();
    const aborted = { kind: 'unknown', reason: { code: 'provider.aborted' } };
    expect(await blocked).toMatchObject(aborted);
    expect(await first).toMatchObject(aborted);
    isHolding = false;
    for (const answer of held) answer();
    expect(await second).toEqual({ kind: 'absent' });
  });

  it('tell of an outage for each request that fails, not for each search', async () => {
    let failing = 0;
    const held: (() => void)[] = [];
    listing((response, body) => {
      // The first holds the others together in the walk after its own.
      if (held.length === 0) held.push(() => response.end(body));
      else {
        failing += 1;
        response.statusCode = 503;
        response.end('{}');
      }
    });
    const first = find('0123');
    await untilPagesOfAll(1);
    const searches = ['0456', '0789', '0321', '0654'].map((id) => find(id));
    await sleep(300);
    held[0]?.();
    const findings = await Promise.all(searches);
    await first;
    expect(findings.map(({ kind }) => kind)).toEqual(findings.map(() => 'unknown'));
    const outages = findings.filter((each) => each.kind === 'unknown' && each.reason.outage === true);
    expect(outages).toHaveLength(failing);
    expect(failing).toBeLessThan(findings.length);
  });
});
