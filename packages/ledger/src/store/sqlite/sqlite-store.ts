import type { DatabaseSync } from 'node:sqlite';
import type { Entry, NewEntry } from '../../entry/entry.js';
import type { Subscription } from '../../events/subscription.js';
import type { DelayQuery, DeliveryQuery, DeliveryResult } from '../event-store.js';
import type { Intervention, RestoreWindow, StuckQuery } from '../intervention-store.js';
import type { ClaimQuery, EntryQuery, LedgerStore, Settlement } from '../ledger-store.js';
import { prepareAccept } from './accept-entry.js';
import { prepareClaim } from './claim-entries.js';
import { prepareDeclareRestored } from './declare-restored.js';
import { EntryTable } from './entry-table.js';
import { prepareEventOperations } from './events/prepare-event-operations.js';
import { recoverDeliveries } from './events/recover-deliveries.js';
import { GroupCommit } from './group-commit.js';
import { prepareHasten } from './hasten-entries.js';
import { prepareIntervene } from './intervene.js';
import { asLedgerError } from './ledger-error.js';
import { listEntries } from './list-entries.js';
import { prepareListStuck } from './list-stuck-entries.js';
import { prepareTransact, type StoreTime } from './prepare-transact.js';
import { prepareReads } from './read-entries.js';
import { prepareFigures } from './read-figures.js';
import { recoverLeases } from './recover-leases.js';
import { prepareSettle } from './settle-entry.js';
import { shortenWaits } from './shorten-waits.js';
import { prepareTryWrite } from './try-write.js';
import { prepareSeal } from './write-seal.js';

/** What the store works on, and how it lets go of it. */
export interface SqliteStoreParts {
  readonly database: DatabaseSync;
  readonly time: StoreTime;
  /** Called once the database is closed. */
  readonly release: () => void;
}

/** The ledger in an SQLite database that this process alone writes. */
export class SqliteStore implements LedgerStore {
  readonly #parts: SqliteStoreParts;
  readonly #group: GroupCommit;
  readonly #operations: ReturnType<typeof prepareOperations>;

  constructor(parts: SqliteStoreParts) {
    const { database } = parts;
    const table = new EntryTable(database);
    this.#parts = parts;
    const transact = prepareTransact(database, parts.time);
    this.#group = new GroupCommit(transact);
    this.#operations = prepareOperations(database, table);
    transact(() => {
      recoverLeases(database, table, this.#now());
      recoverDeliveries(database, this.#now());
      shortenWaits(database, this.#now());
    });
  }

  accept(entry: NewEntry) {
    return this.#group.run(() => this.#operations.accept(entry, this.#now()));
  }

  claim(query: ClaimQuery) {
    return this.#group.run(() => this.#operations.claim(query, this.#now()));
  }

  settle(settlement: Settlement) {
    return this.#group.run(() => this.#operations.settle(settlement, this.#now()));
  }

  hasten(provider: string) {
    return this.#group.run(() => this.#operations.hasten(provider, this.#now()));
  }

  seal() {
    return this.#group.run(() => this.#operations.seal());
  }

  get(merchant: string, id: string) {
    return this.#read(() => this.#operations.reads.get(merchant, id));
  }

  list(query: EntryQuery) {
    return this.#read(() => listEntries(this.#parts.database, query));
  }

  boundDocumentIds(entry: Entry) {
    return this.#read(() => this.#operations.reads.boundDocumentIds(entry));
  }

  nextDueInMs(provider: string) {
    return this.#read(() => this.#operations.reads.nextDueInMs(provider, this.#now()));
  }

  figures(overdueAfterMs: number, unknownForLongMs: number) {
    return this.#read(() => this.#operations.figures(overdueAfterMs, unknownForLongMs, this.#now()));
  }

  journal(id: string) {
    return this.#read(() => this.#operations.reads.journal(id));
  }

  entry(id: string) {
    return this.#read(() => this.#operations.reads.entry(id));
  }

  successor(entry: Pick<Entry, 'merchant' | 'id'>) {
    return this.#read(() => this.#operations.reads.successor(entry));
  }

  stuck(query: StuckQuery) {
    return this.#read(() => this.#operations.stuck(query, this.#now()));
  }

  intervene(intervention: Intervention) {
    return this.#group.run(() => this.#operations.intervene(intervention, this.#now()));
  }

  declareRestored(window: RestoreWindow) {
    return this.#group.run(() => this.#operations.declareRestored(window, this.#now()));
  }

  subscribe(subscriptions: readonly Subscription[]) {
    return this.#group.run(() => this.#operations.events.subscribe(subscriptions, this.#now()));
  }

  claimDeliveries(query: DeliveryQuery) {
    return this.#group.run(() => this.#operations.events.claim(query, this.#now()));
  }

  settleDelivery(result: DeliveryResult) {
    return this.#group.run(() => this.#operations.events.settle(result, this.#now()));
  }

  raise(query: DelayQuery) {
    return this.#group.run(() => this.#operations.events.raise(query, this.#now()));
  }

  nextDeliveryInMs(handler: string) {
    return this.#read(() => this.#operations.events.nextInMs(handler, this.#now()));
  }

  async checkWrites() {
    await this.#group.retry(this.#operations.tryWrite);
  }

  /** Never calls back: no other process can make an entry of this ledger due. */
  onWake(): () => void {
    return () => {};
  }

  async close(): Promise<void> {
    if (!this.#parts.database.isOpen) return;
    this.#group.flush();
    this.#parts.database.close();
    this.#parts.release();
  }

  #now(): number {
    return this.#parts.time.now();
  }

  async #read<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw asLedgerError(error);
    }
  }
}

function prepareOperations(database: DatabaseSync, table: EntryTable) {
  return {
    accept: prepareAccept(database, table),
    claim: prepareClaim(database, table),
    settle: prepareSettle(database, table),
    hasten: prepareHasten(database),
    stuck: prepareListStuck(database),
    intervene: prepareIntervene(database, table),
    declareRestored: prepareDeclareRestored(database),
    seal: prepareSeal(database),
    figures: prepareFigures(database),
    reads: prepareReads(database),
    events: prepareEventOperations(database),
    tryWrite: prepareTryWrite(database),
  };
}
