import { setTimeout as delay } from 'node:timers/promises';
import { FiscalError } from '@fiscalkit/schemas';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EntryState } from '../entry/entry.js';
import { claimDue } from '../store/claim-due.fixture.js';
import { rejected } from '../store/contract/sample-transitions.fixture.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { type DeliveryHarness, hastyPolicy, startDelivery, until } from './delivery-harness.fixture.js';
import type { QueueSettings } from './queue-settings.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

let harness: DeliveryHarness;

afterEach(() => harness.stop());

function start(provider: ScriptedProvider, defaults: Partial<QueueSettings> = {}): void {
  harness = startDelivery({ providers: [provider], defaults });
  harness.dispatcher.start([provider.name]);
}

function reaches(id: string, state: EntryState): Promise<void> {
  return until(async () => (await harness.store.get('shop', id))?.state === state);
}

async function pathOf(id: string): Promise<EntryState[]> {
  return (await harness.store.journal(id)).map(({ to }) => to);
}

function samePayment(paymentId: string) {
  return {
    orderingKey: `receipt:${paymentId}`,
    facets: { paymentId, operationType: 'sell', totalMinor: 500 },
  };
}

const quickBreaker = { failures: 3, coolDownMs: 10, factor: 2, capMs: 20 };

describe('delivery', () => {
  it('registers at once, without waiting for a poll', async () => {
    const provider = new ScriptedProvider();
    start(provider, { pollMs: 60_000 });
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(await pathOf(id)).toEqual(['accepted', 'sending', 'registered']);
    expect(provider.documents).toHaveLength(1);
  });

  it('polls what is pending', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'pend', polls: 3 };
    start(provider);
    await reaches(await harness.accept(), 'registered');
    expect(provider.calls.map(({ step }) => step)).toEqual(['submit', 'poll', 'poll', 'poll', 'poll']);
  });

  it('ends with a rejection', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'refuse' };
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'rejected');
    expect((await harness.store.get('shop', id))?.reason?.code).toBe('provider.rejected');
  });

  it('finds what was registered before the answer was lost', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'lost' });
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(await pathOf(id)).toEqual(['accepted', 'sending', 'unknown', 'registered']);
    expect(provider.documents).toHaveLength(1);
  });

  it('sends the same bytes again only when a search after the settle time finds nothing', async () => {
    const provider = new ScriptedProvider('memory', { settlesWithinMs: 60 });
    provider.script.push({ kind: 'unsent' });
    start(provider);
    const id = await harness.accept();
    const begun = performance.now();
    await reaches(id, 'registered');
    expect(performance.now() - begun).toBeGreaterThan(50);
    const submits = provider.calls.filter(({ step }) => step === 'submit');
    expect(submits).toHaveLength(2);
    expect(submits[0]).toEqual(submits[1]);
    expect(provider.documents).toHaveLength(1);
  });

  it('sends again without a search where the provider absorbs repeats', async () => {
    const provider = new ScriptedProvider('memory', { deduplicatesBy: 'payment', findsBy: 'nothing' });
    provider.script.push({ kind: 'unsent' });
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(provider.calls.map(({ step }) => step)).toEqual(['submit', 'submit']);
    expect(await pathOf(id)).toEqual(['accepted', 'sending', 'unknown', 'accepted', 'sending', 'registered']);
  });

  it('tells two equal documents of one payment apart', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'lost' }, { kind: 'lost' });
    start(provider);
    const document = { payment_id: '1' };
    const body = new TextEncoder().encode(JSON.stringify(document));
    const same = (reference: string) => ({
      ...samePayment('1'),
      document,
      request: { operation: 'receipt', reference, businessTime: new Date(), body },
    });
    const ids = [await harness.accept(same('a')), await harness.accept(same('b'))];
    for (const id of ids) await reaches(id, 'registered');
    const bound = await Promise.all(ids.map((id) => harness.store.get('shop', id)));
    expect(new Set(bound.map((entry) => entry?.providerDocumentId)).size).toBe(2);
    expect(provider.documents).toHaveLength(2);
  });

  it('never lets a refund overtake its sale, whatever happens to the sale', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'down' }, { kind: 'unsent' }, { kind: 'down' }, { kind: 'pend', polls: 2 });
    start(provider);
    const sale = await harness.accept(samePayment('1'));
    const refund = await harness.accept(samePayment('1'));
    await reaches(refund, 'registered');
    const last = provider.calls.findLastIndex(({ reference }) => reference === sale);
    const first = provider.calls.findIndex(({ reference }) => reference === refund);
    expect(last).toBeLessThan(first);
  });

  it('keeps to the limit of calls at a time, and uses it', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'slow', milliseconds: 10 };
    start(provider, { concurrency: 4 });
    const ids = await Promise.all(Array.from({ length: 20 }, () => harness.accept()));
    for (const id of ids) await reaches(id, 'registered');
    expect(provider.most).toBe(4);
  });

  it('begins the next call while a result is being written, but lets no more than a second lot pile up', async () => {
    const provider = new ScriptedProvider();
    start(provider, { concurrency: 4, pollMs: 5 });
    const { settle } = harness.store;
    let written = () => {};
    const untilWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    vi.spyOn(harness.store, 'settle').mockImplementation(async (settlement) => {
      await untilWritten;
      return settle.call(harness.store, settlement);
    });
    const ids = await Promise.all(Array.from({ length: 20 }, () => harness.accept()));
    await until(() => provider.calls.length === 8);
    await delay(20);
    expect(provider.calls).toHaveLength(8);
    written();
    for (const id of ids) await reaches(id, 'registered');
  });

  it('claims once for all the places that come free at the same time, before their results are written', async () => {
    const provider = new ScriptedProvider();
    const answers: (() => void)[] = [];
    const { submit } = provider;
    provider.submit = async (request) => {
      const verdict = await submit.call(provider, request);
      await new Promise<void>((resolve) => answers.push(resolve));
      return verdict;
    };
    start(provider, { concurrency: 4 });
    await Promise.all(Array.from({ length: 12 }, () => harness.accept()));
    await until(() => answers.length === 4);
    const calls: string[] = [];
    const { claim, settle } = harness.store;
    vi.spyOn(harness.store, 'claim').mockImplementation((query) => {
      calls.push(`claim ${query.shares.map(({ limit }) => limit)}`);
      return claim.call(harness.store, query);
    });
    vi.spyOn(harness.store, 'settle').mockImplementation(async (settlement) => {
      const outcome = await settle.call(harness.store, settlement);
      calls.push('written');
      return outcome;
    });
    // Timers that are set together go off in one turn of the event loop, one after the other, as answers
    // arrive.
    for (const answer of answers.splice(0)) setTimeout(answer, 1);
    await until(() => calls.filter((call) => call === 'written').length === 4);
    expect(calls.slice(0, 5)).toEqual(['claim 4', 'written', 'written', 'written', 'written']);
  });

  it('keeps to the rate', async () => {
    const provider = new ScriptedProvider();
    start(provider, { perSecond: 100 });
    const begun = performance.now();
    const ids = await Promise.all(Array.from({ length: 110 }, () => harness.accept()));
    for (const id of ids) await reaches(id, 'registered');
    expect(performance.now() - begun).toBeGreaterThan(90);
  });

  it('leaves the provider alone for as long as it asks', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'down', retryAfterMs: 120 });
    start(provider);
    await harness.accept();
    await until(() => provider.calls.length === 1);
    const begun = performance.now();
    const other = await harness.accept();
    await reaches(other, 'registered');
    expect(performance.now() - begun).toBeGreaterThan(80);
  });

  it('leaves it alone no longer than the policy bounds its advice', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'down', retryAfterMs: 600_000 });
    const policy = { ...hastyPolicy, advice: { leastMs: 1, mostMs: 100 } };
    harness = startDelivery({ providers: [provider], policy });
    harness.dispatcher.start([provider.name]);
    const ids = [await harness.accept(), await harness.accept()];
    for (const id of ids) await reaches(id, 'registered');
  });

  it('opens the breaker in an outage, and heals by itself with everything that waits', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'down' };
    start(provider, { breaker: quickBreaker, concurrency: 2 });
    const ids = await Promise.all(Array.from({ length: 30 }, () => harness.accept()));
    await until(() => harness.dispatcher.breakers().memory === 'open');
    await until(() => provider.calls.length > 8);
    provider.usually = { kind: 'register' };
    for (const id of ids) await reaches(id, 'registered');
    expect(harness.dispatcher.breakers()).toEqual({ memory: 'closed' });
    const states = harness.events.flatMap((event) => (event.type === 'breaker' ? [event.state] : []));
    expect(new Set(states)).toEqual(new Set(['open', 'half-open', 'closed']));
    expect(provider.documents).toHaveLength(30);
  });

  it('tries whether the provider is back with an entry that would wait longer', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'down' });
    const slowRetry = { ...hastyPolicy, retry: { baseMs: 60_000, factor: 1, capMs: 60_000, jitter: 0 } };
    const defaults = { breaker: { ...quickBreaker, failures: 1 } };
    harness = startDelivery({ providers: [provider], defaults, policy: slowRetry });
    harness.dispatcher.start(['memory']);
    await reaches(await harness.accept(), 'registered');
    expect(provider.calls).toHaveLength(2);
  });

  it('does not send what it could not begin soon after the claim', async () => {
    const provider = new ScriptedProvider();
    start(provider, { startWithinMs: 20 });
    const { claim } = harness.store;
    let slow = true;
    vi.spyOn(harness.store, 'claim').mockImplementation(async (query) => {
      const claims = await claim.call(harness.store, query);
      if (slow && claims.length > 0) await delay(40);
      slow &&= claims.length === 0;
      return claims;
    });
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(JSON.stringify(await harness.store.journal(id))).toContain('ledger.late');
    expect(provider.calls).toHaveLength(1);
  });

  it('takes a provider that throws for one whose answer is not known', async () => {
    const provider = new ScriptedProvider();
    provider.submit = () => Promise.reject(new Error('a secret'));
    start(provider);
    const id = await harness.accept();
    await until(async () => (await harness.store.get('shop', id))?.state === 'unknown');
    expect((await harness.store.get('shop', id))?.reason).toMatchObject({ code: 'ledger.call-failed' });
    expect(JSON.stringify(await harness.store.journal(id))).not.toContain('secret');
  });

  it('finds out what became of a call whose answer makes no sense', async () => {
    const provider = new ScriptedProvider();
    const { submit } = provider;
    vi.spyOn(provider, 'submit').mockImplementationOnce(async (request) => {
      await submit.call(provider, request);
      return JSON.parse('{}');
    });
    start(provider, { leaseMs: 30, pollMs: 10 });
    await reaches(await harness.accept(), 'registered');
    expect(harness.events).toContainEqual({ type: 'store-error', code: 'ledger.failed' });
    expect(provider.documents).toHaveLength(1);
  });

  it('cuts off a call that takes too long', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'hang' });
    start(provider, { callMs: 20 });
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(await pathOf(id)).toContain('unknown');
  });

  it('cuts off a call also where the provider does not listen', async () => {
    const provider = new ScriptedProvider();
    provider.submit = () => new Promise(() => {});
    start(provider, { callMs: 20, pollMs: 60_000 });
    const id = await harness.accept();
    await until(async () => (await pathOf(id)).includes('unknown'));
    const reason = (await harness.store.journal(id)).find(({ to }) => to === 'unknown')?.details;
    expect(reason).toContain('provider.timeout');
  });

  it('waits on stopping for calls under way', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'slow', milliseconds: 30 };
    start(provider);
    const id = await harness.accept();
    await until(() => provider.calls.length === 1);
    await harness.accept();
    await harness.dispatcher.stop(1_000);
    expect((await harness.store.get('shop', id))?.state).toBe('registered');
  });

  it('cuts off on stopping what outlasts the grace: the outcome is unknown, and written', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'hang' };
    start(provider);
    const id = await harness.accept();
    await until(() => provider.calls.length === 1);
    await harness.dispatcher.stop(10);
    expect((await harness.store.get('shop', id))?.state).toBe('unknown');
  });

  it('does not look for work in circles while nothing can be done', async () => {
    const provider = new ScriptedProvider();
    provider.usually = { kind: 'hang' };
    start(provider, { pollMs: 60_000 });
    await harness.accept(samePayment('1'));
    await harness.accept(samePayment('1'));
    await until(() => provider.calls.length === 1);
    let claims = 0;
    const { claim } = harness.store;
    harness.store.claim = (query) => {
      claims += 1;
      return claim.call(harness.store, query);
    };
    await delay(50);
    expect(claims).toBeLessThan(3);
  });

  it('does not look in circles for what is held up by a refund that a person let go', async () => {
    const provider = new ScriptedProvider();
    harness = startDelivery({ providers: [provider], defaults: { pollMs: 60_000 } });
    const { store } = harness;
    const query = { provider: 'memory', limit: 10, leaseMs: 30_000, worker: 'test' };
    const [back, corrected] = [newEntry(samePayment('1')), newEntry(samePayment('1'))];
    await store.accept(newEntry(samePayment('1')));
    const [first] = await claimDue(store, query);
    await store.settle({ id: first?.entry.id ?? '', fence: first?.fence ?? 0, transition: rejected });
    const facets = { ...back.facets, operationType: 'sell_refund' };
    const { entry } = await store.accept({ ...back, facets });
    await store.accept(corrected);
    const { id, version } = entry;
    const released = { to: 'accepted', dueInMs: 0, failures: 0, released: true } as const;
    await store.intervene({ id, version, transition: released, details: '{}' });
    const [refund] = await claimDue(store, query);
    expect(refund?.entry.id).toBe(id);
    const later = { to: 'unknown', dueInMs: 60_000, failures: 1 } as const;
    await store.settle({ id, fence: refund?.fence ?? 0, transition: later });
    const claims = vi.spyOn(store, 'claim');
    harness.dispatcher.start(['memory']);
    await delay(100);
    expect(claims.mock.calls.length).toBeLessThan(3);
    expect(provider.calls).toEqual([]);
  });

  it('does not believe that a document is absent because the clock leapt forward', async () => {
    const provider = new ScriptedProvider('memory', { settlesWithinMs: 150 });
    provider.script.push({ kind: 'unsent' });
    let leapMs = 0;
    const clock = () => new Date(Date.now() + leapMs);
    harness = startDelivery({ providers: [provider], store: createSqliteStore({ path: ':memory:', clock }) });
    harness.dispatcher.start(['memory']);
    const id = await harness.accept();
    await until(() => provider.calls.length >= 1);
    const begun = performance.now();
    leapMs = 3_600_000;
    await reaches(id, 'registered');
    expect(performance.now() - begun).toBeGreaterThan(100);
    expect(provider.calls.filter(({ step }) => step === 'submit')).toHaveLength(2);
  });

  describe('with a store in trouble', () => {
    const unavailable = new FiscalError({ code: 'ledger.unavailable', message: 'Full.', retryable: true });

    it('writes a result as soon as it can', async () => {
      const provider = new ScriptedProvider();
      start(provider);
      vi.spyOn(harness.store, 'settle').mockRejectedValueOnce(unavailable).mockRejectedValueOnce(unavailable);
      const id = await harness.accept();
      await reaches(id, 'registered');
      expect(provider.calls).toHaveLength(1);
      expect(harness.events).toContainEqual({ type: 'store-error', code: 'ledger.unavailable' });
    });

    it('goes on claiming when it can', async () => {
      const provider = new ScriptedProvider();
      start(provider, { pollMs: 60_000 });
      vi.spyOn(harness.store, 'claim').mockRejectedValueOnce(unavailable);
      await reaches(await harness.accept(), 'registered');
    });

    it('leaves an entry to the next worker when its lease is lost', async () => {
      const provider = new ScriptedProvider('memory', { settlesWithinMs: 200 });
      provider.script.push({ kind: 'slow', milliseconds: 40 });
      start(provider, { leaseMs: 20, pollMs: 5 });
      const id = await harness.accept();
      await reaches(id, 'registered');
      await until(() => provider.documents.length > 0);
      expect(await pathOf(id)).toEqual(['accepted', 'sending', 'unknown', 'registered']);
      expect(provider.documents).toHaveLength(1);
    });
  });

  it('says what it does', async () => {
    const provider = new ScriptedProvider();
    provider.script.push({ kind: 'lost' });
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'registered');
    await until(() => harness.events.length >= 4);
    expect(harness.events).toMatchObject([
      { type: 'attempt', provider: 'memory', step: 'submit', verdict: 'unknown', reason: 'provider.timeout' },
      { type: 'transition', from: 'sending', entry: { id, state: 'unknown' } },
      { type: 'attempt', step: 'find', verdict: 'found', reason: null },
      { type: 'transition', from: 'unknown', entry: { id, state: 'registered' } },
    ]);
  });
});
