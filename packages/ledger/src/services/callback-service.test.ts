import { setTimeout as delay } from 'node:timers/promises';
import type { CallbackHint, IncomingCallback } from '@fiscalkit/client';

import { afterEach, describe, expect, it, vi } from 'vitest';
import { hastyPolicy } from '../delivery/delivery-harness.fixture.js';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { CallbackSettings } from './callback-service.js';
import { type LedgerHarness, openLedger } from './ledger-harness.fixture.js';
import { sampleReceipt } from './sample-receipt.fixture.js';

const key = 'a key of callbacks that is long enough';
const url = 'https://pay.shop.example/callbacks';

/** A provider that calls back with our reference and its own id, with a signature or without one. */
class CallingProvider extends ScriptedProvider {
  readonly urls: (string | undefined)[] = [];
  isSigned = false;

  constructor() {
    super('calling', { deduplicatesBy: 'key', findsBy: 'nothing', settlesWithinMs: 60_000 });
    const { freeze } = this;
    this.freeze = (document, identity) => {
      this.urls.push(identity.callbackUrl);
      return freeze(document, identity);
    };
  }

  readCallback({ body }: IncomingCallback): CallbackHint | null {
    const { reference, document } = JSON.parse(new TextDecoder().decode(body));
    if (typeof reference !== 'string') return null;
    return { reference, ...(this.isSigned && { providerDocumentId: document }) };
  }
}

const until = (holds: () => Promise<boolean>) => vi.waitUntil(holds, { timeout: 5_000, interval: 5 });

let harness: LedgerHarness | null = null;
let provider: CallingProvider;

afterEach(async () => {
  await harness?.close();
  harness = null;
});

/** Nothing is asked for by itself within a test. */
const slowPolicy = {
  ...hastyPolicy,
  poll: { baseMs: 60_000, factor: 1, capMs: 60_000, jitter: 0 },
  retry: { baseMs: 60_000, factor: 1, capMs: 60_000, jitter: 0 },
};

function open(callbacks: Partial<CallbackSettings> | null = {}): LedgerHarness {
  provider = new CallingProvider();
  harness = openLedger(
    { providers: [provider] },
    {
      delivery: { policy: slowPolicy },
      ...(callbacks && { callbacks: { url, key, ...callbacks } }),
    },
  );
  return harness;
}

/** Starts delivery and accepts a receipt; returns its entry after the first step. */
async function sent({ ledger, store }: LedgerHarness, payment = 1) {
  await ledger.start();
  const receipt = sampleReceipt({ payment_id: payment });
  const { receipt: created } = await ledger.receipts.create({ merchant: '542088', receipt });
  const read = () => store.entry(created.receipt_id);
  await until(async () => ['pending', 'unknown'].includes((await read())?.state ?? ''));
  const entry = await read();
  if (entry === null) throw new Error('the entry is gone');
  return { entry, read };
}

function callback(content: unknown, given: { account?: string; token?: string } = {}) {
  const [account = '', token = ''] = (provider.urls.at(-1) ?? '').split('/').slice(-2);
  const body = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return { account, token, body, headers: {}, ...given };
}

describe('the address of callbacks', () => {
  it('is in each document, and names account and token in a form that no proxy changes', async () => {
    const { ledger } = open();
    await ledger.receipts.create({ merchant: '542088', receipt: sampleReceipt() });
    expect(provider.urls).toEqual([
      expect.stringMatching(/^https:\/\/pay\.shop\.example\/callbacks\/[\da-f]{16}\/[\w-]{32}$/),
    ]);
  });

  it('is in none without settings', async () => {
    const { ledger } = open(null);
    await ledger.receipts.create({ merchant: '542088', receipt: sampleReceipt() });
    expect(provider.urls).toEqual([undefined]);
    expect(ledger.callbacks.take({ account: '', token: '', body: new Uint8Array(), headers: {} })).toBe(
      false,
    );
  });

  it.each([
    [{ key: 'short' }, 'callbacks.key'],
    [{ formerKeys: [''] }, 'callbacks.key'],
    [{ url: 'pay.shop.example' }, 'callbacks.url'],
    [{ url: `https://shop.example/${'a'.repeat(170)}` }, 'callbacks.url'],
  ])('is refused when it can be none: %j', (settings, code) => {
    expect(() => open(settings)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a callback', () => {
  it('brings the next poll forward', async () => {
    const opened = open();
    provider.script.push({ kind: 'pend', polls: 0 });
    const { entry, read } = await sent(opened);
    expect(opened.ledger.callbacks.take(callback({ reference: entry.id }))).toBe(true);
    await until(async () => (await read())?.state === 'registered');
  });

  it('costs one early poll in an interval, however often it comes', async () => {
    const opened = open();
    provider.script.push({ kind: 'pend', polls: 9 });
    const { entry, read } = await sent(opened);
    const before = await read();
    for (let time = 0; time < 20; time += 1) {
      opened.ledger.callbacks.take(callback({ reference: entry.id }));
      await delay(5);
    }
    expect(provider.calls.filter(({ step }) => step === 'poll')).toHaveLength(1);
    expect(await read()).toMatchObject({ state: 'pending', attempts: 1, failures: before?.failures });
  });

  it('is no verdict, and its id of a document is not used unless a signature holds', async () => {
    const opened = open();
    provider.script.push({ kind: 'unsent' });
    provider.usually = { kind: 'down' };
    const { entry, read } = await sent(opened);
    opened.ledger.callbacks.take(callback({ reference: entry.id, document: 'another', status: 'done' }));
    await until(async () => provider.calls.length > 1);
    await until(async () => (await read())?.dueAt?.getTime() !== entry.dueAt?.getTime());
    expect(await read()).toMatchObject({ providerDocumentId: null, registration: null });
  });

  it('gives the id of the document to ask for where its signature holds', async () => {
    const opened = open();
    provider.isSigned = true;
    provider.script.push({ kind: 'lost' });
    const { entry, read } = await sent(opened);
    expect(entry.state).toBe('unknown');
    const document = provider.documents[0]?.id;
    opened.ledger.callbacks.take(callback({ reference: entry.id, document }));
    await until(async () => (await read())?.state === 'registered');
    expect(provider.calls.map(({ step }) => step)).toEqual(['submit', 'poll']);
    expect((await opened.store.journal(entry.id)).map(({ from, to }) => `${from} ${to}`)).toEqual([
      'null accepted',
      'accepted sending',
      'sending unknown',
      'unknown unknown',
      'unknown registered',
    ]);
  });

  it.each([
    ['an unknown document', '{"reference":"5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10"}'],
    ['no document', '{}'],
    ['a reference that is none', '{"reference":"\\u0000"}'],
    ['no JSON', 'garbage'],
    ['too much', `"${'x'.repeat(70_000)}"`],
  ])('with %s is taken like any other', async (_, text) => {
    const opened = open();
    const signals: unknown[] = [];
    opened.ledger.observe((signal) => signals.push(signal));
    provider.script.push({ kind: 'pend', polls: 0 });
    const { read } = await sent(opened);
    const known = signals.length;
    expect(opened.ledger.callbacks.take(callback(text))).toBe(true);
    await delay(30);
    expect(await read()).toMatchObject({ state: 'pending' });
    expect(signals).toHaveLength(known);
  });

  it('of an earlier request, or for the document of another account, is followed by nothing', async () => {
    const opened = open();
    provider.script.push({ kind: 'expire' });
    const { entry, read } = await sent(opened);
    const { length } = provider.calls;
    opened.ledger.callbacks.take(callback({ reference: `${entry.id}-2` }));
    await delay(30);
    expect(provider.calls).toHaveLength(length);
    expect(await read()).toEqual(entry);
  });

  it('is refused with a wrong token, of another account, or of a key that is no longer known', async () => {
    const { ledger } = open({ formerKeys: [`${key}, the one before`] });
    await ledger.receipts.create({ merchant: '542088', receipt: sampleReceipt() });
    const good = callback({});
    const others = [
      { token: '' },
      { token: good.token.slice(1) },
      { token: `${good.token}a` },
      { account: '0123456789abcdef' },
      { account: '__proto__', token: '' },
    ];
    expect(ledger.callbacks.take(good)).toBe(true);
    expect(others.map((each) => ledger.callbacks.take({ ...good, ...each }))).toEqual(
      others.map(() => false),
    );
    await harness?.close();

    open({ key: `${key}, the next`, formerKeys: [key] });
    expect(harness?.ledger.callbacks.take(good)).toBe(true);
    await harness?.close();
    open({ key: `${key}, the next` });
    expect(harness?.ledger.callbacks.take(good)).toBe(false);
  });

  it('is not followed while too many come at the same time', async () => {
    const opened = open();
    const reads: string[] = [];
    const { entry } = opened.store;
    opened.store.entry = (id) => {
      reads.push(id);
      return entry.call(opened.store, id);
    };
    await opened.ledger.receipts.create({ merchant: '542088', receipt: sampleReceipt() });
    const before = reads.length;
    for (let time = 0; time < 500; time += 1) opened.ledger.callbacks.take(callback({ reference: 'x' }));
    expect(reads.length - before).toBeLessThanOrEqual(32);
  });
});
