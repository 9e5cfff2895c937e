import type { DatabaseSync } from 'node:sqlite';
import type { EntryRow } from '../entry-row.js';
import { EntryTable, entryColumns, loseLease } from './entry-table.js';
import { recoverDeliveries } from './events.js';
import { GroupCommit, prepareTransact, type StoreTime, type Transact } from './group-commit.js';
import {
  type Answer,
  type Argument,
  type OperationName,
  prepareQueries,
  prepareWrites,
  type Queries,
  type Writes,
} from './operations.js';
import { asLedgerError, prepareQuery } from './query.js';

/** What the engine works on, and how it lets go of it. */
export interface SqliteEngineDependencies {
  readonly database: DatabaseSync;
  readonly time: StoreTime;
  /** Called once the database is closed. */
  readonly release: () => void;
}

type Operation = (argument: unknown, now: number) => unknown;

/** Works on a database that is open in this thread: writes of one turn of the event loop share a commit. */
export class SqliteEngine implements Engine {
  readonly #dependencies: SqliteEngineDependencies;
  readonly #group: GroupCommit;
  readonly #writes: Writes;
  readonly #queries: Queries;
  readonly #tryWrite: () => void;

  constructor(dependencies: SqliteEngineDependencies) {
    const { database, time } = dependencies;
    const table = new EntryTable(database);
    const transact = transactOn(table, prepareTransact(database, time));
    this.#dependencies = dependencies;
    this.#group = new GroupCommit(transact);
    this.#writes = prepareWrites(database, table);
    this.#queries = prepareQueries(database);
    this.#tryWrite = prepareTryWrite(database);
    transact(() => {
      recoverLeases(database, table, time.now());
      recoverDeliveries(database, time.now());
      shortenWaits(database, time.now());
    });
  }

  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  async run(name: OperationName, argument: unknown): Promise<unknown> {
    const { now } = this.#dependencies.time;
    if (name in this.#writes) {
      const write = this.#writes[name as keyof Writes] as Operation;
      return this.#group.run(() => write(argument, now()));
    }
    const query = this.#queries[name as keyof Queries] as Operation;
    try {
      return query(argument, now());
    } catch (error) {
      throw asLedgerError(error);
    }
  }

  async checkWrites(): Promise<void> {
    await this.#group.retry(this.#tryWrite);
  }

  async close(): Promise<void> {
    if (!this.#dependencies.database.isOpen) return;
    this.#group.flush();
    this.#dependencies.database.close();
    this.#dependencies.release();
  }
}

/** Transactions at whose end the table writes what it gathered. */
function transactOn(table: EntryTable, transact: Transact): Transact {
  return (work) => {
    try {
      return transact(() => {
        const result = work();
        table.beforeCommit();
        return result;
      });
    } catch (error) {
      table.afterRollback();
      throw error;
    }
  };
}

/** Does what is asked of the tables, wherever they are open. */
export interface Engine {
  /**
   * Does one operation; resolves once it is durable. Calls that are made at the same time may share a commit.
   */
  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  /** Tries a write if one was refused since the last that passed. */
  checkWrites(): Promise<void>;
  /** Commits what waits, and closes. */
  close(): Promise<void>;
}

/**
 * Ends the leases of the process that had the ledger before: it is dead, because this process holds the lock.
 * What it was sending is unknown.
 */
function recoverLeases(database: DatabaseSync, table: EntryTable, now: number): void {
  // What is held is due when its lease ends.
  const held = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence IN (
       SELECT sequence FROM deliveries INDEXED BY deliveries_due WHERE due_at IS NOT NULL AND worker IS NOT NULL
     )`,
  );
  for (const row of held.all()) {
    if (row.state === 'sending') loseLease(table, row, now);
    else table.change(row, { worker: null, due_at: now });
  }
}

const longestMs = 10_000;

/**
 * Cuts waits that an earlier process began: its clock may have been ahead of ours by hours, and then so are
 * the times that it left. To try a little early costs a call.
 */
function shortenWaits(database: DatabaseSync, now: number): void {
  for (const table of ['deliveries', 'event_deliveries']) {
    const shorten = `UPDATE ${table} INDEXED BY ${table}_due SET due_at = :latest WHERE due_at > :latest`;
    prepareQuery(database, shorten).run({ latest: now + longestMs });
  }
}

/**
 * Prepares a write without changes that needs about as much room as an accept: newest entries, all indexes.
 */
function prepareTryWrite(database: DatabaseSync): () => void {
  const version = prepareQuery<{ user_version: number }>(database, 'PRAGMA user_version');
  const newest = 'sequence > (SELECT max(sequence) - 20 FROM entries)';
  const rewrites = [
    `UPDATE entries SET id = id, key = key, merchant = merchant, payment_id = payment_id, accepted_at = accepted_at
     WHERE ${newest}`,
    `UPDATE deliveries SET provider = provider, queue = queue, state = state, accepted_at = accepted_at,
       changed_at = changed_at, due_at = due_at, worker = worker
     WHERE ${newest}`,
  ].map((rewrite) => prepareQuery(database, rewrite));
  return () => {
    for (const rewrite of rewrites) rewrite.run();
    // An empty ledger has a page to write as well.
    database.exec(`PRAGMA user_version = ${version.one()?.user_version ?? 0}`);
  };
}
