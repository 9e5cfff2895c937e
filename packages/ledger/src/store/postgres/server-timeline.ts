import { isFiscalError } from '@fiscalkit/schemas';
import type { RestoreWindow } from '../intervention-store.js';
import { sqlStateOf, sqlStates } from './errors.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { PostgresDatabase } from './postgres-database.js';

type RestoreListener = (window: RestoreWindow) => void;

/**
 * Keeps watch over the ledger's going back in time. A claim that finds the server on another timeline, or
 * finds less than this process has seen, hands out nothing; the ledger is then declared restored, and the
 * claim made again.
 */
export class ServerTimeline {
  readonly #names: SchemaNames;
  readonly #database: PostgresDatabase;
  readonly #listeners = new Set<RestoreListener>();
  #seenPosition: number | null = null;

  constructor(names: SchemaNames, database: PostgresDatabase) {
    this.#names = names;
    this.#database = database;
  }

  /** The newest position of the journal that this process has seen; `null` before it saw any. */
  get seenPosition(): number | null {
    return this.#seenPosition;
  }

  /** Remembers a position of the journal that is on disk. */
  saw(position: number): void {
    this.#seenPosition = Math.max(position, this.#seenPosition ?? 0);
  }

  /** Answers how to stop listening. */
  onRestored(listener: RestoreListener): () => void {
    // An own function per call, so that the same listener added twice is called twice and removed once.
    const heard: RestoreListener = (window) => listener(window);
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /**
   * Does the work, which refuses to begin on another timeline, on the timeline that the ledger then knows.
   */
  async follow<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isFiscalError(error) || sqlStateOf(error.cause) !== sqlStates.timeline) throw error;
      await this.#note();
      return work();
    }
  }

  async #note(): Promise<void> {
    const { schema } = this.#names;
    const seen = this.#seenPosition;
    const [declared] = await this.#database.transaction((run) =>
      run<{ since: number; until: number }>({ text: `SELECT * FROM ${schema}.note_timeline($1)` }, [seen]),
    );
    // What a process has seen that is not there any more, it can't tell a second time.
    this.#seenPosition = null;
    if (!declared) return;
    const window = { since: new Date(declared.since), until: new Date(declared.until) };
    for (const listener of this.#listeners) listener(window);
  }
}
