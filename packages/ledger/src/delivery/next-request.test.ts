import { FiscalError } from '@fiscalkit/schemas';
import { afterEach, describe, expect, it } from 'vitest';
import type { Entry, EntryState } from '../entry/entry.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { type DeliveryHarness, startDelivery, until } from './delivery-harness.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

let harness: DeliveryHarness;

afterEach(() => harness.stop());

function start(provider: ScriptedProvider, store?: LedgerStore): void {
  const defaults = { pollMs: 20, leaseMs: 150, breaker: { failures: 3, coolDownMs: 5, factor: 1, capMs: 5 } };
  harness = startDelivery({ providers: [provider], defaults, ...(store && { store }) });
  harness.dispatcher.start([provider.name]);
}

function knowsKeys(): ScriptedProvider {
  return new ScriptedProvider('memory', { deduplicatesBy: 'key', findsBy: 'nothing' });
}

function entryOf(id: string): Promise<Entry | null> {
  return harness.store.get('shop', id);
}

async function reaches(id: string, state: EntryState): Promise<void> {
  await until(async () => (await entryOf(id))?.state === state);
}

function referencesOf({ calls }: ScriptedProvider): string[] {
  return Array.from(new Set(calls.filter(({ step }) => step === 'submit').map(({ reference }) => reference)));
}

describe('a reference that the provider has used up', () => {
  it('is followed by another, until the document is registered once', async () => {
    const provider = knowsKeys();
    provider.script.push({ kind: 'expire' }, { kind: 'expire' });
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(referencesOf(provider)).toEqual([id, `${id}-2`, `${id}-3`]);
    expect(provider.documents).toHaveLength(1);
    const path = (await harness.store.journal(id)).map(({ to }) => to);
    expect(path.filter((state) => state === 'accepted')).toHaveLength(3);
    expect(path).not.toContain('rejected');
  });

  it('is followed by the same one, if the process dies before it has written that', async () => {
    const provider = knowsKeys();
    provider.script.push({ kind: 'expire' }, { kind: 'lost' });
    const store = createSqliteStore({ path: ':memory:' });
    let dying = 2;
    const settle: LedgerStore['settle'] = async (settlement) => {
      if (settlement.transition.reissue && dying > 0) {
        dying -= 1;
        return { kind: 'lease-lost' };
      }
      return store.settle(settlement);
    };
    start(
      provider,
      new Proxy(store, { get: (target, name) => (name === 'settle' ? settle : bound(target, name)) }),
    );
    const id = await harness.accept();
    await reaches(id, 'registered');
    expect(dying).toBe(0);
    expect(referencesOf(provider)).toEqual([id, `${id}-2`]);
    expect(provider.documents).toHaveLength(1);
  });

  it('is the last one at some time, and a person looks', async () => {
    const provider = knowsKeys();
    provider.usually = { kind: 'expire' };
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'rejected');
    expect(referencesOf(provider)).toHaveLength(4);
    expect(await entryOf(id)).toMatchObject({ reissues: 3, reason: { code: 'provider.failed' } });
    const stuck = await harness.store.stuck({ olderThanMs: 0, offset: 0, limit: 10 });
    expect(stuck.map((entry) => entry.id)).toEqual([id]);
  });

  it('is the last one of what the provider carries no more', async () => {
    const provider = knowsKeys();
    provider.usually = { kind: 'expire' };
    provider.freeze = () => {
      throw new FiscalError({ code: 'provider.unsupported', message: 'No more.', retryable: false });
    };
    start(provider);
    const id = await harness.accept();
    await reaches(id, 'rejected');
    expect(referencesOf(provider)).toEqual([id]);
  });
});

/** Returns a member of the store, as the store's own method. */
function bound(store: LedgerStore, name: string | symbol): unknown {
  const member = Reflect.get(store, name);
  return typeof member === 'function' ? member.bind(store) : member;
}
