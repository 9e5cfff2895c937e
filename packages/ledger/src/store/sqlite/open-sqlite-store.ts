import type { LedgerStore } from '../ledger-store.js';
import { assertPath, createSqliteStore, type SqliteStoreSettings } from './create-sqlite-store.js';
import { inMemory } from './open-engine.js';
import type { Answer, Argument, OperationName } from './operations.js';
import { openingError } from './process-lock.js';
import { ReaderInEngine } from './reader.js';
import type { Engine } from './sqlite-engine.js';
import { SqliteStore } from './sqlite-store.js';
import { ReaderInThread } from './thread/reader-in-thread.js';
import { startThread, type ThreadCalls, threadProgram } from './thread/thread-calls.js';

/**
 * Opens the ledger in an SQLite file, in a thread of its own: this thread goes on with other work while a
 * commit waits for the disk. A ledger in memory, or with a clock of the caller's, stays in this thread.
 * Rejects as `createSqliteStore` throws, and with `ledger.bundled` where a bundler has taken this package in.
 */
export async function openSqliteStore(settings: SqliteStoreSettings): Promise<LedgerStore> {
  const { path, clock, elapsed } = settings;
  assertPath(path);
  if (path === inMemory || clock || elapsed) return createSqliteStore(settings);
  const engine = await openEngineThread(path).catch((error: unknown) =>
    Promise.reject(openingError(path, error)),
  );
  const without = new ReaderInEngine(engine);
  return new SqliteStore(engine, { path, reader: new ReaderInThread({ path, without }) });
}

/** Opens the ledger at this path in a thread of its own. Rejects as opening it in this thread throws. */
async function openEngineThread(path: string): Promise<Engine> {
  const program = threadProgram('engine-thread.js');
  return new EngineInThread(await startThread({ program, name: 'fiscalkit-ledger', settings: { path } }));
}

/** Asks the ledger's thread. What is asked within one turn of the event loop shares a commit there. */
class EngineInThread implements Engine {
  readonly #calls: ThreadCalls;

  constructor(calls: ThreadCalls) {
    this.#calls = calls;
  }

  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
    return this.#calls.ask(name, argument) as Promise<Answer<Name>>;
  }

  async checkWrites(): Promise<void> {
    await this.#calls.ask('checkWrites');
  }

  close(): Promise<void> {
    return this.#calls.close();
  }
}
