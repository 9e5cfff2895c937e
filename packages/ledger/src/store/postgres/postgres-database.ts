import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { ledgerUnavailable } from '../errors.js';
import { asLedgerError, sqlStateOf, sqlStates } from './errors.js';
import type { Statement } from './statement.js';

/** Runs one statement; `Row` must name the columns that it answers. */
export type RunStatement = <Row extends QueryResultRow>(
  statement: Statement | { readonly text: string; readonly query_timeout?: number },
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Where the pool comes from, and whether it ends with the store. */
export interface PoolOwnership {
  readonly pool: Pool;
  readonly owned: boolean;
}

/**
 * A single message, no dearer than `BEGIN`. Its settings hold for the transaction, whatever a pooler does. Where
 * standbys are to confirm commits, `local` asks for less than the operator of the server set up.
 */
const begin = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'
    OR current_setting('synchronous_commit') = 'local' AND current_setting('synchronous_standby_names') <> ''`;

/** Error of a single statement whose transaction has another isolation level than it needs. */
const isolationFaults: ReadonlySet<string | null> = new Set([sqlStates.isolation, '40001']);

/**
 * The connections to one database. Throws `ledger.unavailable` for trouble of server or connection, and once
 * closed.
 *
 * A single statement begins and commits its transaction by itself, with the isolation level that the server,
 * the database or the role sets. Where that is another than read committed, each statement gets a transaction
 * that says so: three round trips instead of one, and only there.
 */
export class PostgresDatabase {
  readonly #pool: Pool;
  readonly #owned: boolean;
  #closed = false;
  #begins = false;

  constructor({ pool, owned }: PoolOwnership) {
    this.#pool = pool;
    this.#owned = owned;
    pool.on('error', ignore);
  }

  /** Runs a statement in a transaction of its own. */
  readonly run: RunStatement = async <Row extends QueryResultRow>(
    statement: Statement | { readonly text: string },
    values: readonly unknown[] = [],
  ) => {
    this.#assertOpen();
    if (!this.#begins) {
      try {
        const { rows } = await this.#pool.query<Row>({ ...statement, values: [...values] });
        return rows;
      } catch (error) {
        if (!isolationFaults.has(sqlStateOf(error))) throw asLedgerError(error);
        this.beginTransactions();
      }
    }
    return this.transaction((run) => run<Row>(statement, values));
  };

  /**
   * From now on, lets no statement rely on the isolation level with which transactions begin by themselves.
   */
  beginTransactions(): void {
    this.#begins = true;
  }

  /** Throws `ledger.unavailable` where nothing can be written: on a standby, or a server that was set so. */
  async checkWrites(): Promise<void> {
    const setting = "SELECT current_setting('transaction_read_only') = 'on' AS refused";
    const [answer] = await this.run<{ refused: boolean }>({ text: setting });
    if (answer?.refused) throw ledgerUnavailable(new Error('The database is read-only.'));
  }

  /**
   * Like `run`, for reading. No stored text has the character U+0000: nothing matches where it is asked for.
   */
  readonly read: RunStatement = async <Row extends QueryResultRow>(
    statement: Statement | { readonly text: string },
    values: readonly unknown[] = [],
  ) => {
    const unmatched = values.some((value) => typeof value === 'string' && value.includes('\0'));
    return unmatched ? [] : this.run<Row>(statement, values);
  };

  /** Runs the work in one transaction: all of it is durable when this resolves, none when it rejects. */
  async transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    this.#assertOpen();
    let client: PoolClient | null = null;
    try {
      client = await this.#pool.connect();
      const result = await inTransaction(client, work);
      client.release();
      return result;
    } catch (error) {
      client?.release(true);
      throw asLedgerError(error);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // Connections of an own pool may break while they end, so it keeps its listener.
    if (this.#owned) await this.#pool.end();
    else this.#pool.off('error', ignore);
  }

  #assertOpen(): void {
    if (this.#closed) throw ledgerUnavailable(new Error('The ledger was closed.'));
  }
}

async function inTransaction<T>(client: PoolClient, work: (run: RunStatement) => Promise<T>): Promise<T> {
  // Between two statements nobody waits for an answer: what breaks the connection then would end the process.
  client.on('error', ignore);
  try {
    await client.query(begin);
    const result = await work(async (statement, values = []) => {
      const { rows } = await client.query({ ...statement, values: [...values] });
      return rows;
    });
    await client.query('COMMIT');
    return result;
  } finally {
    client.off('error', ignore);
  }
}

/** A broken connection leaves the pool by itself; who is using it hears of it from the call. */
function ignore(): void {}
