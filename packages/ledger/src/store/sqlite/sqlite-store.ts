import { resolve } from 'node:path';
import type { Entry, ListedEntry, NewEntry } from '../../entry/entry.js';
import type { Subscription } from '../../entry/fiscal-event.js';
import { type Dependent, saleDependency } from '../../entry/sale-dependency.js';
import type { BatchStore } from '../batch-store.js';
import { acceptedEntry, type EntryRow, entryOfRow, entryWithDelivery, newEntryRow } from '../entry-row.js';
import type { EntryIndex } from '../entry-search.js';
import type { EventLog } from '../event-log.js';
import type { EventReaders } from '../event-readers.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult, EventDelivery } from '../event-store.js';
import { findInSlices } from '../find-in-slices.js';
import type {
  AccountEntriesQuery,
  Intervention,
  InterventionOutcome,
  RestoreWindow,
  StuckQuery,
} from '../intervention-store.js';
import type {
  AcceptOutcome,
  AcceptTogetherOutcome,
  BacklogName,
  Claim,
  ClaimQuery,
  EntriesOfPayment,
  EntryQuery,
  Hint,
  HoldQuery,
  LedgerStore,
  PaymentName,
  Settlement,
  SettleOutcome,
} from '../ledger-store.js';
import { listInSlices, serializeInSlices, wholeList } from '../list-in-slices.js';
import {
  type AcceptedReceiptsQuery,
  type LateReceiptsQuery,
  type PaymentsQuery,
  type StoredReceipt,
  storedReceiptOfRow,
} from '../receipt-reads.js';
import type { Acceptable, Acceptance } from './accept.js';
import { sqliteBatches } from './batches.js';
import { sqliteEventLog } from './event-log.js';
import { sqliteEventReaders } from './event-readers.js';
import { inMemory } from './open-engine.js';
import { noteOpen } from './process-lock.js';
import { type Reader, ReaderInEngine } from './reader.js';
import type { Engine } from './sqlite-engine.js';

/** Who does the reading that may take long, and how it ends; whoever writes where absent. */
export type ClosableReader = Reader & { close(): Promise<void> };

/** The file of a ledger that is not in memory. */
export interface SqliteFile {
  readonly path: string;
  readonly reader: ClosableReader;
}

/** The ledger in an SQLite database that this process alone writes: entries here, rows in the engine. */
export class SqliteStore implements LedgerStore {
  readonly place: string;
  readonly eventLog: EventLog;
  readonly eventReaders: EventReaders;
  readonly batches: BatchStore;
  readonly entryIndex: EntryIndex;
  readonly #engine: Engine;
  readonly #reader: ClosableReader;
  readonly #noteClosed: () => void;

  constructor(engine: Engine, file: SqliteFile | null = null) {
    this.#engine = engine;
    this.#reader = file?.reader ?? new ReaderInEngine(engine);
    this.eventLog = sqliteEventLog(engine, this.#reader);
    this.eventReaders = sqliteEventReaders(engine);
    this.batches = sqliteBatches(this.#reader);
    this.entryIndex = sqliteEntryIndex(engine, this.#reader);
    this.place = file === null ? inMemory : resolve(file.path);
    this.#noteClosed = file === null ? () => {} : noteOpen(file.path);
  }

  async accept(entry: NewEntry): Promise<AcceptOutcome> {
    return acceptOutcome(entry, await this.#engine.run('accept', acceptable(entry)));
  }

  async acceptTogether({ entries, newestSequence }: EntriesOfPayment): Promise<AcceptTogetherOutcome[]> {
    const given = { entries: entries.map(acceptable), newestSequence };
    const outcomes = await this.#engine.run('acceptTogether', given);
    return entries.map((entry, index) => {
      const outcome = outcomes[index] ?? { kind: 'outdated' };
      return outcome.kind === 'outdated' ? outcome : acceptOutcome(entry, outcome);
    });
  }

  async ofPayment(payment: PaymentName, limit: number): Promise<Entry[]> {
    return (await this.#engine.run('ofPayment', { ...payment, limit })).map(entryOfRow);
  }

  knowsSale(entry: Dependent): Promise<boolean> {
    const { paymentId: payment_id, operationType: operation_type } = entry.facets;
    const { merchant, operation } = entry;
    const depends_on = saleDependency(entry);
    return this.#engine.run('knowsSale', { merchant, operation, payment_id, operation_type, depends_on });
  }

  async claim(query: ClaimQuery): Promise<Claim[]> {
    return (await this.#engine.run('claim', query)).map(withEntry);
  }

  async settle({ id, fence, entry, transition }: Settlement): Promise<SettleOutcome> {
    const outcome = await this.#engine.run('settle', { id, fence, transition });
    if (outcome.kind === 'lease-lost') return outcome;
    const known = entry ?? (await this.entry(id));
    if (!known) return { kind: 'lease-lost' };
    const held = outcome.held?.map(entryOfRow);
    return { kind: 'written', entry: entryWithDelivery(known, outcome.entry), ...(held && { held }) };
  }

  makeDueNow(provider: string, accounts?: readonly string[]) {
    return this.#engine.run('makeDueNow', { provider, ...(accounts && { accounts }) });
  }

  hint(hint: Hint) {
    return this.#engine.run('hint', hint);
  }

  holdAccount(query: HoldQuery) {
    return this.#engine.run('holdAccount', query);
  }

  seal() {
    return this.#engine.run('seal', undefined);
  }

  async get(merchant: string, id: string): Promise<Entry | null> {
    return entryOrNull(await this.#engine.run('get', { merchant, id }));
  }

  list(query: EntryQuery): Promise<ListedEntry[]> {
    return wholeList(this.listInPortions(query));
  }

  listInPortions(query: EntryQuery): AsyncIterable<readonly ListedEntry[]> {
    return listInSlices(query, (slice) => this.#reader.run('list', slice));
  }

  serializeInPortions(query: EntryQuery, utcOffsetHours: number): AsyncIterable<Uint8Array> {
    return serializeInSlices(query, (slice) => this.#reader.run('serialize', { slice, utcOffsetHours }));
  }

  async receiptsOfPayments(query: PaymentsQuery): Promise<StoredReceipt[]> {
    return (await this.#reader.run('receiptsOfPayments', query)).map(storedReceiptOfRow);
  }

  async receiptsAccepted(query: AcceptedReceiptsQuery): Promise<StoredReceipt[]> {
    return (await this.#reader.run('receiptsAccepted', query)).map(storedReceiptOfRow);
  }

  async receiptsRegisteredLate(query: LateReceiptsQuery): Promise<StoredReceipt[]> {
    return (await this.#reader.run('receiptsRegisteredLate', query)).map(storedReceiptOfRow);
  }

  lastSeal() {
    return this.#reader.run('lastSeal', undefined);
  }

  boundDocumentIds({ facets: { paymentId }, orderingKey, sequence }: Entry) {
    return this.#engine.run('boundDocumentIds', { paymentId, orderingKey, sequence });
  }

  waiting(provider: string, names?: readonly BacklogName[]) {
    return this.#engine.run('waiting', { provider, ...(names && { names }) });
  }

  figures(overdueAfterMs: number, unknownForLongMs: number) {
    return this.#engine.run('figures', { overdueAfterMs, unknownForLongMs });
  }

  journal(id: string) {
    return this.#engine.run('journal', id);
  }

  async entry(id: string): Promise<Entry | null> {
    return entryOrNull(await this.#engine.run('entry', id));
  }

  async successor({ merchant, id }: Pick<Entry, 'merchant' | 'id'>): Promise<Entry | null> {
    return entryOrNull(await this.#engine.run('successor', { merchant, id }));
  }

  async stuck(query: StuckQuery): Promise<Entry[]> {
    return (await this.#reader.run('stuck', query)).map(entryOfRow);
  }

  async unfinishedOf(query: AccountEntriesQuery): Promise<Entry[]> {
    return (await this.#engine.run('unfinishedOf', query)).map(entryOfRow);
  }

  async intervene(intervention: Intervention): Promise<InterventionOutcome> {
    const outcome = await this.#engine.run('intervene', intervention);
    if (outcome.kind === 'changed') return outcome;
    const held = outcome.held?.map(entryOfRow);
    return { kind: 'written', entry: entryOfRow(outcome.entry), ...(held && { held }) };
  }

  declareRestored(window: RestoreWindow) {
    return this.#engine.run('declareRestored', window);
  }

  restored() {
    return this.#engine.run('restored', undefined);
  }

  subscribe(subscriptions: readonly Subscription[]) {
    return this.#engine.run('subscribe', subscriptions);
  }

  async claimDeliveries(query: DeliveryQuery): Promise<EventDelivery[]> {
    const claimed = await this.#engine.run('claimDeliveries', query);
    return claimed.map((delivery) => ({ ...delivery, event: withEntry(delivery.event) }));
  }

  settleDelivery(result: DeliveryResult) {
    return this.#engine.run('settleDelivery', result);
  }

  raise(query: DelayQuery) {
    return this.#engine.run('raise', query);
  }

  nextDeliveryInMs(handler: string) {
    return this.#engine.run('nextDeliveryInMs', handler);
  }

  checkWrites() {
    return this.#engine.checkWrites();
  }

  /** Never calls back: no other process can make an entry of this ledger due. */
  onWake(): () => void {
    return () => {};
  }

  /** The reader goes first: the last to close moves the log into the file, which only a writer can. */
  async close(): Promise<void> {
    try {
      await this.#reader.close();
      await this.#engine.close();
    } finally {
      this.#noteClosed();
    }
  }
}

function acceptable(entry: NewEntry): Acceptable {
  return { row: newEntryRow(entry), onTwin: entry.onTwin };
}

function acceptOutcome(entry: NewEntry, acceptance: Acceptance): AcceptOutcome {
  switch (acceptance.kind) {
    case 'accepted':
      return { kind: 'accepted', entry: acceptedEntry(entry, acceptance) };
    case 'conflict':
      return withEntry(acceptance);
    case 'replayed':
    case 'twin':
      return withEntry(acceptance);
  }
}

/** The same about the entry that the row stands for. */
function withEntry<About extends { readonly entry: EntryRow }>(
  about: About,
): Omit<About, 'entry'> & { readonly entry: Entry } {
  return { ...about, entry: entryOfRow(about.entry) };
}

function entryOrNull(row: EntryRow | null): Entry | null {
  return row && entryOfRow(row);
}

/** Returns the index of entries: who writes updates it, and the reader looks in it. */
function sqliteEntryIndex(engine: Engine, reader: Reader): EntryIndex {
  return {
    // Who is up to date needs no transaction.
    update: async () =>
      (await engine.run('isIndexBehind', undefined)) && engine.run('updateIndex', undefined),
    lagMs: () => engine.run('indexLag', undefined),
    find: (search) =>
      findInSlices(search, async (slice) => {
        const { rows, next } = await reader.run('findEntries', slice);
        return { entries: rows.map(entryOfRow), next };
      }),
  };
}
