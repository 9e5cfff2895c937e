import { setTimeout as delay } from 'node:timers/promises';
import type { Provider } from '@fiscalkit/client';
import type { NewEntry } from '../entry/entry.js';
import { type DeliveryPolicy, defaultDeliveryPolicy } from '../entry/retry-policy.js';
import type { LedgerSignal } from '../entry/signals.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import { Dispatcher } from './dispatcher.js';
import type { QueueSettings } from './queue-settings.js';

/** Delays short enough for tests. */
export const hastyPolicy: DeliveryPolicy = {
  ...defaultDeliveryPolicy,
  retry: { baseMs: 2, factor: 1.5, capMs: 20, jitter: 0 },
  poll: { baseMs: 2, factor: 1, capMs: 2, jitter: 0 },
  reissue: { baseMs: 2, factor: 1, capMs: 2, jitter: 0, most: 3 },
  firstFindMs: 1,
};

/** Account that several merchants of a test may share. */
export const sharedAccount = 'company@memory:';

/** A dispatcher on a real store, with the signals that it emitted. */
export interface DeliveryHarness {
  readonly store: LedgerStore;
  readonly dispatcher: Dispatcher;
  readonly events: LedgerSignal[];
  accept(given?: Partial<NewEntry>): Promise<string>;
  stop(graceMs?: number): Promise<void>;
}

/** Settings of a harness; everything but the providers has a default. */
export interface HarnessSettings {
  readonly providers: readonly Provider[];
  /** Providers of merchants that differ from those. */
  readonly merchants?: Readonly<Record<string, Provider>>;
  readonly mostCalls?: number;
  readonly defaults?: Partial<QueueSettings>;
  readonly policy?: DeliveryPolicy;
  readonly store?: LedgerStore;
}

export function startDelivery({
  providers,
  merchants = {},
  mostCalls,
  defaults = {},
  policy = hastyPolicy,
  store = createSqliteStore({ path: ':memory:' }),
}: HarnessSettings): DeliveryHarness {
  const events: LedgerSignal[] = [];
  const dispatcher = new Dispatcher({
    store,
    resolve: (merchant, name) =>
      [merchants[merchant], ...providers].find((provider) => provider?.name === name) ?? null,
    isShared: (account) => account === sharedAccount,
    callbackUrlOf: () => undefined,
    ...(mostCalls !== undefined && { mostCalls }),
    policy,
    worker: 'harness',
    emit: (event) => events.push(event),
    random: () => 0.5,
    elapsed: () => performance.now(),
    defaults: { startWithinMs: 100, ...defaults },
  });
  return {
    store,
    dispatcher,
    events,
    async accept(given) {
      const { entry } = await store.accept(newEntry(given));
      dispatcher.wake(entry);
      return entry.id;
    },
    async stop(graceMs = 100) {
      await dispatcher.stop(graceMs);
      await store.close();
    },
  };
}

/** Waits, for at most two seconds, until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    if (await condition()) return;
    await delay(2);
  }
  throw new Error('the condition never held');
}
