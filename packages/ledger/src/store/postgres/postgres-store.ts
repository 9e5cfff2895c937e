import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Entry, ListedEntry, NewEntry } from '../../entry/entry.js';
import type { Subscription } from '../../entry/fiscal-event.js';
import type { Dependent } from '../../entry/sale-dependency.js';
import type { BatchStore } from '../batch-store.js';
import type { EntryIndex } from '../entry-search.js';
import type { EventLog } from '../event-log.js';
import type { EventReaders } from '../event-readers.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult } from '../event-store.js';
import type { AccountEntriesQuery, Intervention, RestoreWindow, StuckQuery } from '../intervention-store.js';
import type {
  AcceptOutcome,
  AcceptTogetherOutcome,
  BacklogName,
  ClaimQuery,
  EntriesOfPayment,
  EntryQuery,
  Hint,
  HoldQuery,
  LedgerStore,
  PaymentName,
  Settlement,
  SettleOutcome,
  StoreLimit,
} from '../ledger-store.js';
import { listInSlices, serializeInSlices, serializeSlice, wholeList } from '../list-in-slices.js';
import type {
  AcceptedReceiptsQuery,
  LateReceiptsQuery,
  PaymentsQuery,
  ReceiptReads,
} from '../receipt-reads.js';
import { type AcceptRow, acceptOutcome, acceptTogetherOutcomes, prepareAccept, untilFree } from './accept.js';
import {
  acceptStatement,
  acceptWithin,
  ofPaymentWithin,
  type PlainStatement,
  type TransactionClient,
} from './accept-within.js';
import { prepareBatches } from './batches.js';
import { prepareEntryIndex } from './entry-index.js';
import { prepareEventLog } from './event-log.js';
import { prepareEventReaders } from './event-readers.js';
import { GroupedCalls } from './grouped-calls.js';
import type { ListConnections } from './list-connections.js';
import { prepareSlices } from './lists.js';
import type { SchemaNames } from './migrations/schema-names.js';
import { prepareOperations } from './operations.js';
import type { PostgresDatabase } from './postgres-database.js';
import { prepareReceipts } from './receipts.js';
import { ServerTimeline } from './server-timeline.js';
import { prepareSettle } from './settle.js';
import { WakeListener } from './wake-listener.js';

/** What the store works on. */
export interface PostgresStoreDependencies {
  readonly database: PostgresDatabase;
  readonly names: SchemaNames;
  /** What lists are read on, so that they take no connection from writing. */
  readonly lists: ListConnections;
  /** Makes a connection to listen on. */
  readonly createClient: () => Client;
  /** Longest wait of an accept for names that a caller's open transaction holds, in milliseconds. */
  readonly paymentWaitMs: number;
  /** Where the database is: `host:port/database` with the schema. */
  readonly place: string;
  /** What the store can't do on this server. */
  readonly limits: readonly StoreLimit[];
}

/** The ledger in a PostgreSQL database that any number of processes share. */
export class PostgresStore implements LedgerStore {
  readonly place: string;
  readonly limits: readonly StoreLimit[];
  readonly eventLog: EventLog;
  readonly eventReaders: EventReaders;
  readonly batches: BatchStore;
  readonly entryIndex: EntryIndex;
  readonly #dependencies: PostgresStoreDependencies;
  readonly #accepts: GroupedCalls<NewEntry, AcceptRow>;
  readonly #entries: GroupedCalls<number, Entry | undefined>;
  readonly #settles: GroupedCalls<Settlement, SettleOutcome>;
  readonly #deliveries: GroupedCalls<DeliveryResult, 'written' | 'lease-lost'>;
  readonly #operations: ReturnType<typeof prepareOperations>;
  readonly #receipts: ReceiptReads;
  readonly #timeline: ServerTimeline;
  readonly #wakes: WakeListener;

  constructor(dependencies: PostgresStoreDependencies) {
    const { database, names, createClient } = dependencies;
    const self = randomUUID();
    this.#dependencies = dependencies;
    this.place = dependencies.place;
    this.limits = dependencies.limits;
    this.#accepts = new GroupedCalls(prepareAccept(names, database.run, self));
    this.#settles = new GroupedCalls(prepareSettle(names, database.run));
    this.#receipts = prepareReceipts(names, dependencies.lists.read);
    this.#timeline = new ServerTimeline(names, database);
    this.#operations = prepareOperations({ names, database, timeline: this.#timeline, self });
    this.#deliveries = new GroupedCalls(this.#operations.events.settle);
    this.#entries = new GroupedCalls(this.#operations.reads.bySequences);
    this.#wakes = new WakeListener({ createClient, channel: names.channel, self });
    this.eventLog = prepareEventLog({ ...dependencies, wakes: this.#wakes });
    this.eventReaders = prepareEventReaders(names, database);
    this.batches = prepareBatches(dependencies);
    this.entryIndex = prepareEntryIndex(dependencies);
  }

  accept(entry: NewEntry): Promise<AcceptOutcome> {
    return untilFree(this.#dependencies.paymentWaitMs, async () =>
      acceptOutcome(entry, await this.#accepts.run(entry), this.#readEntry),
    );
  }

  acceptTogether(given: EntriesOfPayment): Promise<readonly AcceptTogetherOutcome[]> {
    return untilFree(this.#dependencies.paymentWaitMs, async () =>
      acceptTogetherOutcomes(given, await this.#operations.acceptTogether(given), this.#readEntry),
    );
  }

  ofPayment(payment: PaymentName, limit: number) {
    return this.#operations.reads.ofPayment(payment, limit);
  }

  /** Accepts within the client's open transaction; waits for names at most `paymentWaitMs`. */
  acceptWithin(client: TransactionClient, entry: NewEntry): Promise<AcceptOutcome> {
    return acceptWithin(this.#within, client, entry);
  }

  acceptStatement(entry: NewEntry): PlainStatement {
    return acceptStatement(this.#within, entry);
  }

  knowsSale(entry: Dependent) {
    return this.#operations.reads.knowsSale(entry);
  }

  ofPaymentWithin(client: TransactionClient, given: Parameters<typeof ofPaymentWithin>[2]) {
    return ofPaymentWithin(this.#within, client, given);
  }

  claim(query: ClaimQuery) {
    return this.#operations.claim(query);
  }

  settle(settlement: Settlement) {
    return this.#settles.run(settlement);
  }

  makeDueNow(provider: string, accounts?: readonly string[]) {
    return this.#operations.makeDueNow(provider, accounts);
  }

  hint(hint: Hint) {
    return this.#operations.hint(hint);
  }

  holdAccount(query: HoldQuery) {
    return this.#operations.holdAccount(query);
  }

  seal() {
    return this.#operations.seal();
  }

  get(merchant: string, id: string) {
    return this.#operations.reads.get(merchant, id);
  }

  list(query: EntryQuery): Promise<ListedEntry[]> {
    return wholeList(this.listInPortions(query));
  }

  listInPortions(query: EntryQuery): AsyncIterable<readonly ListedEntry[]> {
    return listInSlices(query, prepareSlices(this.#dependencies));
  }

  serializeInPortions(query: EntryQuery, utcOffsetHours: number): AsyncIterable<Uint8Array> {
    const read = prepareSlices(this.#dependencies);
    return serializeInSlices(query, async (slice) => serializeSlice(await read(slice), utcOffsetHours));
  }

  receiptsOfPayments(query: PaymentsQuery) {
    return this.#dependencies.lists.slice(() => this.#receipts.receiptsOfPayments(query));
  }

  receiptsAccepted(query: AcceptedReceiptsQuery) {
    return this.#dependencies.lists.slice(() => this.#receipts.receiptsAccepted(query));
  }

  receiptsRegisteredLate(query: LateReceiptsQuery) {
    return this.#dependencies.lists.slice(() => this.#receipts.receiptsRegisteredLate(query));
  }

  lastSeal() {
    return this.#dependencies.lists.slice(() => this.#receipts.lastSeal());
  }

  boundDocumentIds(entry: Entry) {
    return this.#operations.reads.boundDocumentIds(entry);
  }

  waiting(provider: string, names?: readonly BacklogName[]) {
    return this.#operations.waiting(provider, names);
  }

  figures(overdueAfterMs: number, unknownForLongMs: number) {
    return this.#operations.figures(overdueAfterMs, unknownForLongMs);
  }

  journal(id: string) {
    return this.#operations.reads.journal(id);
  }

  entry(id: string) {
    return this.#operations.reads.entry(id);
  }

  successor(entry: Pick<Entry, 'merchant' | 'id'>) {
    return this.#operations.reads.successor(entry);
  }

  stuck(query: StuckQuery) {
    return this.#operations.stuck(query);
  }

  unfinishedOf(query: AccountEntriesQuery) {
    return this.#operations.unfinishedOf(query);
  }

  intervene(intervention: Intervention) {
    return this.#operations.intervene(intervention);
  }

  declareRestored(window: RestoreWindow) {
    return this.#operations.declareRestored(window);
  }

  restored() {
    return this.#operations.restored();
  }

  subscribe(subscriptions: readonly Subscription[]) {
    return this.#operations.events.subscribe(subscriptions);
  }

  claimDeliveries(query: DeliveryQuery) {
    return this.#operations.events.claim(query);
  }

  settleDelivery(result: DeliveryResult) {
    return this.#deliveries.run(result);
  }

  nextDeliveryInMs(handler: string) {
    return this.#operations.events.nextInMs(handler);
  }

  raise(query: DelayQuery) {
    return this.#operations.events.raise(query);
  }

  checkWrites() {
    return this.#dependencies.database.checkWrites();
  }

  onWake(listener: () => void): () => void {
    return this.#wakes.add(listener);
  }

  onRestored(listener: (window: RestoreWindow) => void): () => void {
    return this.#timeline.onRestored(listener);
  }

  async close(): Promise<void> {
    const groups = [this.#accepts, this.#settles, this.#entries, this.#deliveries];
    await Promise.all(groups.map((group) => group.settled()));
    await this.#wakes.close();
    await Promise.all([this.#dependencies.lists.close(), this.#dependencies.database.close()]);
  }

  readonly #readEntry = (sequence: number) => this.#entries.run(sequence);

  get #within() {
    const { names, paymentWaitMs, lists } = this.#dependencies;
    // Callers may share the pool, and have all of it while they wait for this.
    return { names, waitMs: paymentWaitMs, readAside: lists.read };
  }
}
