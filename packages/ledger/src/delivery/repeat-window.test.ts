import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../entry/entry.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { type DeliveryHarness, startDelivery, until } from './delivery-harness.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

const hourMs = 3_600_000;

/** How far time was moved ahead, for the ledger and the provider alike. */
let movedMs: number;
let harness: DeliveryHarness;

beforeEach(() => {
  movedMs = 0;
});
afterEach(() => harness.stop());

/** Starts delivery to a provider that recognises a repeat for an hour. */
function startForgetful(findsBy: 'nothing' | 'reference' = 'nothing'): ScriptedProvider {
  const provider = new ScriptedProvider('memory', {
    deduplicatesBy: 'key',
    deduplicationWindowMs: hourMs,
    findsBy,
  });
  provider.clock = () => performance.now() + movedMs;
  const clock = () => new Date(Date.now() + movedMs);
  const store = createSqliteStore({ path: ':memory:', clock, elapsed: () => performance.now() + movedMs });
  const breaker = { failures: 1_000, coolDownMs: 1, factor: 1, capMs: 1 };
  harness = startDelivery({ providers: [provider], store, defaults: { breaker, pollMs: 10 } });
  harness.dispatcher.start([provider.name]);
  return provider;
}

async function entryOf(id: string): Promise<Entry | null> {
  return harness.store.get('shop', id);
}

function submitsOf(provider: ScriptedProvider) {
  return provider.calls.filter(({ step }) => step === 'submit');
}

/** Moves time ahead, once the provider was called so many times more. */
async function moveAhead(provider: ScriptedProvider, milliseconds: number): Promise<void> {
  const before = provider.calls.length;
  await until(() => provider.calls.length > before + 3);
  movedMs += milliseconds;
}

describe('a provider that recognises a repeat for an hour', () => {
  it('is sent the same bytes again within it, and makes one document', async () => {
    const provider = startForgetful();
    provider.script.push({ kind: 'lost' });
    const id = await harness.accept();
    await until(async () => (await entryOf(id))?.state === 'registered');
    expect(submitsOf(provider)).toHaveLength(2);
    expect(submitsOf(provider)[0]).toEqual(submitsOf(provider)[1]);
    expect(provider.documents).toHaveLength(1);
  });

  it('is sent nothing after an outage that was longer: a person decides', async () => {
    const provider = startForgetful();
    provider.script.push({ kind: 'lost' });
    provider.usually = { kind: 'down' };
    const id = await harness.accept();
    await moveAhead(provider, hourMs);
    await until(async () => (await entryOf(id))?.reason?.code === 'ledger.window-over');
    const sent = submitsOf(provider).length;
    provider.usually = { kind: 'register' };
    movedMs += 24 * hourMs;
    harness.dispatcher.wake({ provider: 'memory', account: ':shop@memory:', merchant: 'shop' });
    await until(async () => ((await entryOf(id))?.failures ?? 0) > 20);
    expect(await entryOf(id)).toMatchObject({
      state: 'unknown',
      reason: { code: 'ledger.window-over', earlierUnknown: true },
    });
    expect(submitsOf(provider)).toHaveLength(sent);
    expect(provider.documents).toHaveLength(1);
    const urgent = await harness.store.stuck({ olderThanMs: 90 * 24 * hourMs, offset: 0, limit: 10 });
    expect(urgent.map((entry) => entry.id)).toEqual([id]);
  });

  it('is searched after an outage that was longer, where it has a search', async () => {
    const provider = startForgetful('reference');
    provider.script.push({ kind: 'lost' });
    provider.usually = { kind: 'down' };
    const id = await harness.accept();
    await moveAhead(provider, hourMs);
    await until(() => provider.calls.at(-1)?.step === 'find');
    provider.usually = { kind: 'register' };
    await until(async () => (await entryOf(id))?.state === 'registered');
    expect(provider.documents).toHaveLength(1);
  });

  it('is sent what a search has not found, although the window is over', async () => {
    const provider = startForgetful('reference');
    provider.script.push({ kind: 'unsent' });
    provider.usually = { kind: 'down' };
    const id = await harness.accept();
    await moveAhead(provider, hourMs);
    await until(() => provider.calls.at(-1)?.step === 'find');
    provider.usually = { kind: 'register' };
    await until(async () => (await entryOf(id))?.state === 'registered');
    expect(provider.documents).toHaveLength(1);
  });

  it('counts from the first attempt that it may have processed', async () => {
    const provider = startForgetful();
    provider.usually = { kind: 'down' };
    const id = await harness.accept();
    await moveAhead(provider, 5 * hourMs);
    await moveAhead(provider, 0);
    await until(async () => {
      const entry = await entryOf(id);
      return entry?.state === 'accepted' && entry.firstAttemptAt === null;
    });
    provider.script.push({ kind: 'lost' });
    provider.usually = { kind: 'register' };
    await until(async () => (await entryOf(id))?.state === 'registered');
    expect(provider.documents).toHaveLength(1);
  });
});
