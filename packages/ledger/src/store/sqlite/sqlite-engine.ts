import type { DatabaseSync } from 'node:sqlite';
import type { Engine } from './engine.js';
import { EntryTable } from './entry-table.js';
import { recoverDeliveries } from './events/recover-deliveries.js';
import { GroupCommit, type Transact } from './group-commit.js';
import { asLedgerError } from './ledger-error.js';
import {
  type Answer,
  type Argument,
  type Looks,
  type OperationName,
  prepareLooks,
  prepareWrites,
  type Writes,
} from './operations.js';
import { prepareTransact, type StoreTime } from './prepare-transact.js';
import { recoverLeases } from './recover-leases.js';
import { shortenWaits } from './shorten-waits.js';
import type { StateCounts } from './state-counts.js';
import { prepareTryWrite } from './try-write.js';

/** What the engine works on, and how it lets go of it. */
export interface SqliteEngineParts {
  readonly database: DatabaseSync;
  readonly time: StoreTime;
  /** Called once the database is closed. */
  readonly release: () => void;
}

type Operation = (argument: unknown, now: number) => unknown;

/** Works on a database that is open in this thread: writes of one turn of the event loop share a commit. */
export class SqliteEngine implements Engine {
  readonly #parts: SqliteEngineParts;
  readonly #group: GroupCommit;
  readonly #writes: Writes;
  readonly #looks: Looks;
  readonly #tryWrite: () => void;

  constructor(parts: SqliteEngineParts) {
    const { database, time } = parts;
    const table = new EntryTable(database);
    const transact = countingTransact(prepareTransact(database, time), table.counts);
    this.#parts = parts;
    this.#group = new GroupCommit(transact);
    this.#writes = prepareWrites(database, table);
    this.#looks = prepareLooks(database);
    this.#tryWrite = prepareTryWrite(database);
    transact(() => {
      recoverLeases(database, table, time.now());
      recoverDeliveries(database, time.now());
      shortenWaits(database, time.now());
    });
  }

  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  async run(name: OperationName, argument: unknown): Promise<unknown> {
    const { now } = this.#parts.time;
    if (name in this.#writes) {
      const write = this.#writes[name as keyof Writes] as Operation;
      return this.#group.run(() => write(argument, now()));
    }
    const look = this.#looks[name as keyof Looks] as Operation;
    try {
      return look(argument, now());
    } catch (error) {
      throw asLedgerError(error);
    }
  }

  async checkWrites(): Promise<void> {
    await this.#group.retry(this.#tryWrite);
  }

  async close(): Promise<void> {
    if (!this.#parts.database.isOpen) return;
    this.#group.flush();
    this.#parts.database.close();
    this.#parts.release();
  }
}

/** Transactions that write the counts of what they did. */
function countingTransact(transact: Transact, counts: StateCounts): Transact {
  return (work) => {
    try {
      return transact(() => {
        const result = work();
        counts.write();
        return result;
      });
    } catch (error) {
      counts.forget();
      throw error;
    }
  };
}
