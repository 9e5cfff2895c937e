import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Dispatcher } from './delivery/dispatcher.js';
import { defaultFeedSettings, EventLogLoop, type FeedSettings } from './delivery/event-log-loop.js';
import { defaultEventSettings, type EventSettings } from './delivery/handler-queue.js';
import { IndexLoop } from './delivery/index-loop.js';
import type { TroubledAccount } from './delivery/provider-queue.js';
import type { QueueSettings } from './delivery/queue-settings.js';
import { Sealing } from './delivery/sealer.js';
import type { Entry } from './entry/entry.js';
import { type DeliveryPolicy, defaultDeliveryPolicy } from './entry/retry-policy.js';
import { type BreakerState, isOfWrite, type LedgerListener, Observers } from './entry/signals.js';
import { type FindingCounts, ReconciliationService } from './reconciliation/reconciliation-service.js';
import { ReportService } from './reports/report-service.js';
import { CallbackService, type CallbackSettings } from './services/callback-service.js';
import { CorrectionService } from './services/correction-service.js';
import { EntryService } from './services/entry-service.js';
import { EventFeed } from './services/event-feed.js';
import { EventHandlers } from './services/event-handlers.js';
import { FinalWaiters } from './services/final-waiters.js';
import { InterventionService } from './services/intervention-service.js';
import {
  type LedgerSetup,
  ledgerSetup,
  type SharedAccount,
  sharedAccounts,
} from './services/ledger-setup.js';
import { type ListLimits, ListPlaces } from './services/list-limits.js';
import { type Merchant, MerchantDirectory } from './services/merchants.js';
import { PaymentService } from './services/payment-service.js';
import { ReceiptService } from './services/receipt-service.js';
import { Turns } from './services/turns.js';
import type { EventReaders } from './store/event-readers.js';
import type { LedgerStore, StoreFigures } from './store/ledger-store.js';
import { watchedStore } from './store/watched-store.js';

/** Settings of delivery; everything has a default. */
export interface DeliverySettings {
  readonly policy?: DeliveryPolicy;
  /** Settings for every provider; `providers` takes precedence. */
  readonly defaults?: Partial<QueueSettings>;
  readonly providers?: Readonly<Record<string, Partial<QueueSettings>>>;
  /**
   * Calls at the same time to all accounts together, of which one account has at most as many as it leaves
   * free; 256 when absent, or twice the largest `concurrency`.
   */
  readonly mostCalls?: number;
  /** Name of this process in leases and journal; host, process and a random part when absent. */
  readonly worker?: string;
  /** Age at which an entry that is not final counts as overdue, in milliseconds; 24 hours when absent. */
  readonly overdueAfterMs?: number;
  /** Interval at which new journal rows are sealed, in milliseconds; a second when absent. */
  readonly sealEveryMs?: number;
}

/** Settings of a ledger. */
export interface LedgerSettings {
  readonly store: LedgerStore;
  readonly merchants: readonly Merchant[];
  readonly delivery?: DeliverySettings;
  /** Settings of event delivery; `defaultEventSettings` where absent. */
  readonly events?: Partial<EventSettings>;
  /**
   * Log of events that `feed` reads: these settings, or `false` to write none and forget those that are kept.
   * When absent, `feed` is off in this process, and the log is left to others.
   */
  readonly feed?: Partial<FeedSettings> | false;
  /** Limits of the lists of one merchant; `defaultListLimits` where absent. */
  readonly lists?: Partial<ListLimits>;
  /** Callbacks of providers; none are taken when absent. */
  readonly callbacks?: CallbackSettings | undefined;
  /** Clock of business events and of dated rules. The store has a clock of its own. */
  readonly clock?: () => Date;
  /** Creates the ids of entries: UUIDs, time-ordered ones when absent. */
  readonly createId?: () => string;
}

const dayMs = 86_400_000;

/**
 * Creates a ledger on an open store. Throws a `FiscalError` with code `merchant.duplicate`, `callbacks.url` or
 * `callbacks.key`.
 */
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
  const watched = watchedStore(store, emit);
  const wake = (entry: Entry) => dispatcher.wake(entry);
  const callbacks = new CallbackService(
    { store: watched, wake },
    { settings: settings.callbacks, merchants: settings.merchants, elapsed: common.elapsed },
  );
  const callbackUrlOf = callbacks.urlOf.bind(callbacks);
  const dispatcher: Dispatcher = new Dispatcher({
    ...common,
    policy,
    callbackUrlOf,
    resolve: (merchant, provider) => merchants.provider(merchant, provider),
    isShared: (account) => sharedNames.has(account),
    ...(delivery.mostCalls !== undefined && { mostCalls: delivery.mostCalls }),
    ...(delivery.defaults && { defaults: delivery.defaults }),
    ...(delivery.providers && { providers: delivery.providers }),
  });
  const eventSettings = { ...defaultEventSettings, ...settings.events };
  const isLogged = settings.feed !== undefined && settings.feed !== false;
  const events = new EventHandlers({ ...common, settings: eventSettings, overdueAfterMs, isLogged });
  observers.observe((event) => events.hear(event));
  const feedSettings = { ...defaultFeedSettings, ...settings.feed };
  const log =
    settings.feed === undefined
      ? null
      : new EventLogLoop({ ...common, settings: feedSettings, isWritten: isLogged });
  observers.observe((event) => {
    // Not of the trouble of a loop, which would end the log's own back-off.
    if (isOfWrite(event)) log?.wake();
  });
  store.onRestored?.(({ since, until }) => observers.emitLasting({ type: 'restored', since, until }));
  for (const { code, message } of store.limits ?? []) {
    observers.emitLasting({ type: 'store-limit', code, message });
  }
  const sealing = new Sealing(store, sealEveryMs, emit);
  const index = new IndexLoop(common);
  const waiters = new FinalWaiters(observers);
  const lists = new ListPlaces(settings.lists);
  const paymentTurns = new Turns();
  const context = {
    store: watched,
    merchants,
    observers,
    waiters,
    lists,
    paymentTurns,
    wake,
    callbackUrlOf,
    clock,
    createId,
  };

  const receipts = new ReceiptService(context);
  const corrections = new CorrectionService(context);
  const payments = new PaymentService(context);
  const reconciliation = new ReconciliationService(context);
  const figures = () => watched.figures(overdueAfterMs, eventSettings.unknownForLongMs);

  return {
    receipts,
    corrections,
    payments,
    interventions: new InterventionService(context, { receipts, corrections, payments }),
    entries: new EntryService(context),
    reconciliation,
    reports: new ReportService(context),
    events,
    feed: new EventFeed(context, isLogged ? log : null, feedSettings),
    eventReaders: watched.eventReaders,
    callbacks,
    async start() {
      const { unfinishedByProvider } = await figures();
      await log?.start();
      await events.start();
      dispatcher.start([...merchants.providerNames(), ...Object.keys(unfinishedByProvider)]);
      sealing.start();
      index.start();
    },
    async stop({ graceMs = 10_000 } = {}) {
      await Promise.all([dispatcher.stop(graceMs), events.stop(graceMs), callbacks.settled()]);
      await Promise.all([sealing.stop(), index.stop(), log?.stop()]);
    },
    figures,
    checkWrites: () => watched.checkWrites(),
    breakers: () => dispatcher.breakers(),
    troubledAccounts: () => dispatcher.troubledAccounts(),
    reconciliationFindings: () => reconciliation.findings(),
    sharedAccounts: () => shared,
    setup: () => ledgerSetup(store, settings.merchants),
    observe: (listener) => observers.observe(listener),
  };
}

/** Accepts documents, keeps them, and delivers each to its provider exactly once. */
export interface Ledger {
  readonly receipts: ReceiptService;
  readonly corrections: CorrectionService;
  readonly payments: PaymentService;
  /** Interventions of operators in entries that delivery can't settle by itself. */
  readonly interventions: InterventionService;
  /** Search among the entries of all merchants. */
  readonly entries: Pick<EntryService, 'search'>;
  /** Comparisons of payments with the ledger. */
  readonly reconciliation: Pick<ReconciliationService, 'reconcile'>;
  /** Reports on receipts, and exports of them. */
  readonly reports: ReportService;
  /** Callbacks of providers. */
  readonly callbacks: Pick<CallbackService, 'take'>;
  /** Handlers are added before `start()`. */
  readonly events: Pick<EventHandlers, 'on' | 'forget'>;
  /** The events of merchants, to be read in turn. */
  readonly feed: Pick<EventFeed, 'after' | 'follow' | 'cursorAt'>;
  /** How far readers of events outside of the ledger are. */
  readonly eventReaders: EventReaders;
  /** Starts delivery. Documents can be accepted before; they wait. */
  start(): Promise<void>;
  /**
   * Stops delivery: no new calls, a grace for the calls under way (10,000 ms when absent), then they are
   * aborted and their outcome is searched after the next start. Store and providers stay open: whoever opened
   * them closes them.
   */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  /** Queue depth and age. */
  figures(): Promise<StoreFigures>;
  /** Throws a `FiscalError` with code `ledger.unavailable` while it is known that nothing can be written. */
  checkWrites(): Promise<void>;
  /** Returns, per provider, the worst state of its circuit breakers: every account has its own. */
  breakers(): Record<string, BreakerState>;
  /**
   * Returns the accounts whose calls are suspended by their circuit breaker or by a pause that the provider
   * asked for, and those that refuse a merchant's key.
   */
  troubledAccounts(): TroubledAccount[];
  /**
   * Returns how many findings of each kind the last comparisons of this process had; `null` before the first.
   */
  reconciliationFindings(): FindingCounts | null;
  /** Returns the accounts that several merchants share. */
  sharedAccounts(): readonly SharedAccount[];
  /** Returns the setup, for a report at the start. */
  setup(): LedgerSetup;
  /** Adds an observer. Returns an unsubscribe function. */
  observe(listener: LedgerListener): () => void;
}

/**
 * Returns an id for that time: a UUID of version 7 (RFC 9562), milliseconds first, then 74 random bits. What
 * is stored together in time lies together in the indexes, so that a new entry touches the same few pages
 * however many there are.
 */
export function timeOrderedId(time: Date, random: string = randomUUID()): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  // A random UUID has its version where this one has it, and its variant, too.
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${random.slice(15)}`;
}
