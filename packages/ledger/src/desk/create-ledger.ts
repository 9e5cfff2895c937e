import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Dispatcher } from '../delivery/dispatcher.js';
import type { LaneSettings } from '../delivery/lane-settings.js';
import type { Entry } from '../entry/entry.js';
import { EventDesk } from '../events/event-desk.js';
import { defaultEventSettings, type EventSettings } from '../events/event-settings.js';
import { InterventionsDesk } from '../interventions/interventions-desk.js';
import { Sealing } from '../journal/sealing.js';
import { Observers } from '../observation/observers.js';
import { watchedStore } from '../observation/watched-store.js';
import { type DeliveryPolicy, defaultDeliveryPolicy } from '../state/delivery-policy.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { FinalWaiters } from './final-waiters.js';
import type { Ledger } from './ledger.js';
import { ledgerSetup } from './ledger-setup.js';
import { type ListLimits, ListPlaces } from './list-places.js';
import type { Merchant } from './merchant.js';
import { MerchantDirectory } from './merchant-directory.js';
import { PaymentsDesk } from './payments-desk.js';
import { ReceiptsDesk } from './receipts-desk.js';
import { sharedAccounts } from './shared-accounts.js';
import { timeOrderedId } from './time-ordered-id.js';

/** How documents are delivered; everything has a default. */
export interface DeliverySettings {
  readonly policy?: DeliveryPolicy;
  /** For every provider; what `lanesByProvider` says goes before it. */
  readonly lanes?: Partial<LaneSettings>;
  readonly lanesByProvider?: Readonly<Record<string, Partial<LaneSettings>>>;
  /**
   * Calls at the same time to all accounts together, of which one account has at most as many as it leaves free; 256 when absent, or
   * twice the largest `concurrency`.
   */
  readonly mostCalls?: number;
  /** Name of this process in leases and journal; host, process and a random part when absent. */
  readonly worker?: string;
  /** After how long an entry that is not final counts as overdue, in milliseconds; 24 hours when absent. */
  readonly overdueAfterMs?: number;
  /** How often new journal rows are sealed, in milliseconds; a second when absent. */
  readonly sealEveryMs?: number;
}

/** What a ledger is set up with. */
export interface LedgerSettings {
  readonly store: LedgerStore;
  readonly merchants: readonly Merchant[];
  readonly delivery?: DeliverySettings;
  /** How handlers hear of what happens to entries; `defaultEventSettings` where absent. */
  readonly events?: Partial<EventSettings>;
  /** How many lists of one merchant may be read and wait; `defaultListLimits` where absent. */
  readonly lists?: Partial<ListLimits>;
  /** The time of business events and of dated rules. The store has a clock of its own. */
  readonly clock?: () => Date;
  /** Mints the ids of entries: UUIDs, time-ordered ones when absent. */
  readonly createId?: () => string;
}

const dayMs = 86_400_000;

/** Sets up a ledger on an open store. Throws a `FiscalError` with code `merchant.duplicate`. */
export function createLedger(settings: LedgerSettings): Ledger {
  const {
    store,
    delivery = {},
    clock = () => new Date(),
    createId = () => timeOrderedId(clock()),
  } = settings;
  const { overdueAfterMs = dayMs, sealEveryMs = 1_000, policy = defaultDeliveryPolicy } = delivery;
  const merchants = new MerchantDirectory(settings.merchants);
  const shared = sharedAccounts(settings.merchants);
  const sharedNames = new Set(shared.map(({ account }) => account));
  const observers = new Observers();
  const emit = observers.emit.bind(observers);
  const common = {
    store,
    emit,
    worker: delivery.worker ?? `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
    random: Math.random,
    elapsed: () => performance.now(),
  };
  const dispatcher = new Dispatcher({
    ...common,
    policy,
    resolve: (merchant, provider) => merchants.provider(merchant, provider),
    isShared: (account) => sharedNames.has(account),
    ...(delivery.mostCalls !== undefined && { mostCalls: delivery.mostCalls }),
    ...(delivery.lanes && { lanes: delivery.lanes }),
    ...(delivery.lanesByProvider && { lanesByProvider: delivery.lanesByProvider }),
  });
  const eventSettings = { ...defaultEventSettings, ...settings.events };
  const events = new EventDesk({ ...common, settings: eventSettings, overdueAfterMs });
  observers.observe((event) => events.hear(event));
  store.onRestored?.(({ since, until }) => observers.emitLasting({ type: 'restored', since, until }));
  for (const { code, message } of store.limits ?? []) {
    observers.emitLasting({ type: 'store-limit', code, message });
  }
  const sealing = new Sealing(store, sealEveryMs, emit);
  const waiters = new FinalWaiters(observers);
  const wake = (entry: Entry) => dispatcher.wake(entry);
  const lists = new ListPlaces(settings.lists);
  const watched = watchedStore(store, emit);
  const desk = { store: watched, merchants, observers, waiters, lists, wake, clock, createId };

  const receipts = new ReceiptsDesk(desk);
  const payments = new PaymentsDesk(desk);
  const figures = () => watched.figures(overdueAfterMs, eventSettings.unknownForLongMs);

  return {
    receipts,
    payments,
    interventions: new InterventionsDesk(desk, { receipts, payments }),
    events,
    async start() {
      const { unfinishedByProvider } = await figures();
      await events.start();
      dispatcher.start([...merchants.providerNames(), ...Object.keys(unfinishedByProvider)]);
      sealing.start();
    },
    async stop({ graceMs = 10_000 } = {}) {
      await Promise.all([dispatcher.stop(graceMs), events.stop(graceMs)]);
      await sealing.stop();
    },
    figures,
    checkWrites: () => watched.checkWrites(),
    breakers: () => dispatcher.breakers(),
    troubledAccounts: () => dispatcher.troubledAccounts(),
    sharedAccounts: () => shared,
    setup: () => ledgerSetup(store, settings.merchants),
    observe: (listener) => observers.observe(listener),
  };
}
