import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '../entry/entry.js';
import { newEntry } from '../store/new-entry.fixture.js';
import {
  type DeliveryHarness,
  type HarnessSettings,
  sharedAccount,
  startDelivery,
  until,
} from './delivery-harness.fixture.js';
import { type Behaviour, ScriptedProvider } from './scripted-provider.fixture.js';

let harness: DeliveryHarness;

afterEach(() => harness.stop());

function start(
  merchants: Readonly<Record<string, ScriptedProvider>>,
  settings: Partial<HarnessSettings> = {},
) {
  harness = startDelivery({ providers: [], merchants, ...settings });
  harness.dispatcher.start(['memory']);
}

/** An entry of the merchant for its own account. */
function of(merchant: string, given: Partial<NewEntry> = {}): Partial<NewEntry> {
  return { merchant, account: `:${merchant}@memory:`, ...given };
}

async function registeredOf(merchant: string, ids: readonly string[]): Promise<boolean> {
  const entries = await Promise.all(ids.map((id) => harness.store.get(merchant, id)));
  return entries.every((entry) => entry?.state === 'registered');
}

function acceptMany(merchant: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => harness.accept(of(merchant))));
}

function behaving(behaviour: Behaviour): ScriptedProvider {
  const provider = new ScriptedProvider();
  provider.usually = behaviour;
  return provider;
}

describe('accounts', () => {
  it.each<[string, Behaviour]>([
    ['refuses connections', { kind: 'down' }],
    ['hangs', { kind: 'hang' }],
    ['answers that it failed', { kind: 'unsent' }],
    ['asks to be left alone for long', { kind: 'down', retryAfterMs: 600_000 }],
  ])('goes on with one while another %s, whatever waits for that', async (_, behaviour) => {
    const well = new ScriptedProvider();
    start({ bad: behaving(behaviour), well }, { defaults: { pollMs: 60_000 } });
    await acceptMany('bad', 200);
    await until(() => harness.events.some(({ type }) => type === 'attempt') || behaviour.kind === 'hang');
    const begun = performance.now();
    const ids = await acceptMany('well', 50);
    await until(() => registeredOf('well', ids));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(well.documents).toHaveLength(50);
  });

  it('does not let nine that hang keep the tenth from a place', async () => {
    const hanging = Array.from(
      { length: 9 },
      (_, index) => [`bad-${index}`, behaving({ kind: 'hang' })] as const,
    );
    const well = new ScriptedProvider();
    start({ ...Object.fromEntries(hanging), well });
    for (const [merchant] of hanging) await acceptMany(merchant, 40);
    await until(() => hanging.every(([, provider]) => provider.calls.length > 0));
    const ids = await acceptMany('well', 5);
    await until(() => registeredOf('well', ids));
  });

  it('lets one account take at most half of the places that are free', async () => {
    const hanging = [behaving({ kind: 'hang' }), behaving({ kind: 'hang' })] as const;
    start({ one: hanging[0], two: hanging[1] }, { mostCalls: 8 });
    await acceptMany('one', 20);
    await until(() => hanging[0].calls.length > 0);
    await acceptMany('two', 20);
    await until(() => hanging[1].calls.length > 0);
    await delay(20);
    expect(hanging[0].calls.length + hanging[1].calls.length).toBeLessThanOrEqual(8);
  });

  it('keeps to the limit of calls at a time of each account', async () => {
    const [one, two] = [
      behaving({ kind: 'slow', milliseconds: 10 }),
      behaving({ kind: 'slow', milliseconds: 10 }),
    ];
    start({ one, two }, { defaults: { concurrency: 4 } });
    const ids = [await acceptMany('one', 20), await acceptMany('two', 20)] as const;
    await until(async () => (await registeredOf('one', ids[0])) && registeredOf('two', ids[1]));
    expect([one.most, two.most]).toEqual([4, 4]);
  });

  it('tries an account that is out of reach by itself, and no other for it', async () => {
    const [bad, well] = [behaving({ kind: 'down' }), new ScriptedProvider()];
    const breaker = { failures: 3, coolDownMs: 10, factor: 1, capMs: 10 };
    start({ bad, well }, { defaults: { breaker } });
    const waiting = await acceptMany('bad', 10);
    await until(() => harness.dispatcher.troubledAccounts().length > 0);
    expect(harness.dispatcher.troubledAccounts()).toMatchObject([
      { provider: 'memory', account: ':bad@memory:' },
    ]);
    expect(harness.dispatcher.breakers().memory).not.toBe('closed');
    await acceptMany('well', 3);
    await until(() => bad.calls.length > 8);
    bad.usually = { kind: 'register' };
    await until(() => registeredOf('bad', waiting));
    expect(harness.dispatcher.troubledAccounts()).toEqual([]);
    const reported = harness.events.flatMap((event) => (event.type === 'breaker' ? [event.account] : []));
    expect(new Set(reported)).toEqual(new Set([':bad@memory:']));
  });

  it('asks nothing for accounts that have no work', async () => {
    const merchants = Array.from(
      { length: 1_000 },
      (_, index) => [`shop-${index}`, new ScriptedProvider()] as const,
    );
    start(Object.fromEntries(merchants), { defaults: { pollMs: 60_000 } });
    for (const [merchant] of merchants.slice(0, 20)) await harness.accept(of(merchant));
    await until(() => merchants.slice(0, 20).every(([, provider]) => provider.documents.length === 1));
    await delay(20);
    const requested: string[] = [];
    const { claim, waiting } = harness.store;
    harness.store.claim = (query) => {
      requested.push(...query.shares.map(({ account }) => account));
      return claim.call(harness.store, query);
    };
    harness.store.waiting = (provider, names = []) => {
      requested.push(...names.map(({ account }) => account));
      return waiting.call(harness.store, provider, names);
    };
    const id = await harness.accept(of('shop-7'));
    await until(() => registeredOf('shop-7', [id]));
    expect(new Set(requested)).toEqual(new Set([':shop-7@memory:']));
  });

  it('finds what another process accepted, or left behind', async () => {
    const provider = new ScriptedProvider();
    start({ shop: provider }, { defaults: { pollMs: 20 } });
    await delay(10);
    const { entry } = await harness.store.accept(newEntry());
    await until(() => registeredOf('shop', [entry.id]));
  });

  it('sends documents of two merchants with one account in turn', async () => {
    const provider = new ScriptedProvider();
    provider.account = { address: 'memory:', merchantId: 'company' };
    start({ one: provider, two: provider }, { defaults: { pollMs: 60_000 } });
    const document = { payment_id: '1' };
    const body = new TextEncoder().encode(JSON.stringify(document));
    const same = (merchant: string) => ({
      merchant,
      account: sharedAccount,
      orderingKey: 'receipt:memory:company:1',
      facets: { paymentId: '1', operationType: 'sell', totalMinor: 500 },
      document,
      request: { operation: 'receipt', reference: merchant, businessTime: new Date(), body },
    });
    provider.script.push({ kind: 'lost' }, { kind: 'lost' });
    const ids = [await harness.accept(same('one')), await harness.accept(same('two'))] as const;
    await until(async () => (await registeredOf('one', [ids[0]])) && registeredOf('two', [ids[1]]));
    const [one, two] = [await harness.store.get('one', ids[0]), await harness.store.get('two', ids[1])];
    expect(one?.providerDocumentId).not.toBe(two?.providerDocumentId);
    expect(provider.documents).toHaveLength(2);
    expect(provider.most).toBe(1);
  });

  describe('that are not configured', () => {
    async function restart(
      merchants: Readonly<Record<string, ScriptedProvider>>,
      settings: Partial<HarnessSettings> = {},
    ): Promise<void> {
      await harness.dispatcher.stop(100);
      const { store } = harness;
      start(merchants, { store, ...settings });
    }

    it('waits for the configuration, with one row that says so, and without an attempt', async () => {
      start({}, { defaults: { unconfiguredMs: 5, pollMs: 5 } });
      const id = await harness.accept();
      await until(async () => (await harness.store.get('shop', id))?.reason !== null);
      await delay(60);
      const entry = await harness.store.get('shop', id);
      expect(entry).toMatchObject({
        state: 'accepted',
        reason: { code: 'provider.unconfigured' },
        attempts: 0,
        firstAttemptAt: null,
      });
      expect(await harness.store.journal(id)).toHaveLength(2);
      expect(harness.events).toEqual([
        {
          type: 'account-held',
          provider: 'memory',
          account: ':shop@memory:',
          merchant: 'shop',
          reason: 'provider.unconfigured',
          entries: 1,
        },
      ]);
      await restart({ shop: new ScriptedProvider() });
      await until(() => registeredOf('shop', [id]));
    });

    it('leaves time to a process that has the account configured', async () => {
      start({}, { defaults: { unconfiguredMs: 60_000, pollMs: 5 } });
      await delay(20);
      const id = await harness.accept();
      await delay(40);
      expect(await harness.store.journal(id)).toHaveLength(1);
    });

    it('sends what was never sent to the new address', async () => {
      start({});
      const account = 'm-1@memory:old';
      const id = await harness.accept({ account });
      const provider = new ScriptedProvider();
      provider.account = { address: 'memory:new', merchantId: 'm-1' };
      await restart({ shop: provider });
      await until(() => registeredOf('shop', [id]));
      expect((await harness.store.get('shop', id))?.account).toBe('m-1@memory:new');
      const journal = await harness.store.journal(id);
      expect(journal.map(({ details }) => JSON.parse(details).account)).toContain('m-1@memory:new');
      expect(provider.calls.map(({ step }) => step)).toEqual(['submit']);
    });

    it.each([
      ['was sent', 'm-1', 1],
      ['is for another merchant of the provider', 'm-2', 0],
    ])('does not go on with what %s, until its account is configured again', async (_, merchantId, sent) => {
      const old = new ScriptedProvider();
      old.account = { address: 'memory:old', merchantId: 'm-1' };
      old.script.push({ kind: 'lost' });
      old.find = async () => ({ kind: 'unknown', reason: { code: 'provider.unavailable', message: 'No.' } });
      start(sent ? { shop: old } : {});
      const id = await harness.accept({ account: 'm-1@memory:old' });
      if (sent)
        await until(
          async () => (await harness.store.get('shop', id))?.reason?.code === 'provider.unavailable',
        );
      const moved = new ScriptedProvider();
      moved.account = { address: 'memory:new', merchantId };
      await restart({ shop: moved }, { defaults: { unconfiguredMs: 5, pollMs: 5 } });
      await until(
        async () => (await harness.store.get('shop', id))?.reason?.code === 'provider.account-changed',
      );
      const before = await harness.store.get('shop', id);
      await delay(40);
      expect(await harness.store.get('shop', id)).toEqual(before);
      expect(before).toMatchObject({ account: 'm-1@memory:old', attempts: sent });
      expect(moved.calls).toEqual([]);

      const again = new ScriptedProvider();
      again.account = old.account;
      again.documents.push(...old.documents);
      await restart({ shop: again });
      await until(() => registeredOf('shop', [id]));
      expect(again.documents).toHaveLength(1);
    });

    it('goes on with what a ledger accepted that knew no accounts', async () => {
      start({});
      const id = await harness.accept({ account: ':shop@memory' });
      await restart({ shop: new ScriptedProvider() });
      await until(() => registeredOf('shop', [id]));
    });
  });
});
