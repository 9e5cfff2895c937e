import { isFiscalError } from '@fiscalkit/schemas';
import { Pool, type QueryResultRow } from 'pg';
import { listTimeout } from '../errors.js';
import { PostgresDatabase, type RunStatement } from './postgres-database.js';

/** Most connections that lists take, beside those of the store. */
const connections = 2;

/** How long the server may work on one slice of a list, in milliseconds. */
const statementTimeoutMs = 5_000;

const statementCancelled = '57014';

/** Separate connections for lists, with the same settings; opened on demand, and closed when idle. */
export class ListConnections {
  readonly #database: PostgresDatabase;
  readonly #turns = new SliceTurns(connections);

  constructor({ options }: Pool) {
    const pool = new Pool({
      ...options,
      max: connections,
      min: 0,
      statement_timeout: statementTimeoutMs,
      idleTimeoutMillis: 10_000,
      // Nobody waits for the end of connections that nobody uses.
      allowExitOnIdle: true,
    });
    this.#database = new PostgresDatabase({ pool, owned: true });
  }

  /** Reads. Throws `lists.timeout` where the server took too long, else as the store does. */
  readonly read: RunStatement = async <Row extends QueryResultRow>(
    ...statement: Parameters<RunStatement>
  ): Promise<Row[]> => {
    try {
      return await this.#database.read<Row>(...statement);
    } catch (error) {
      throw wasCancelled(error) ? listTimeout(statementTimeoutMs, error) : error;
    }
  };

  /** Reads a slice when it is its turn. */
  slice<T>(read: () => Promise<T>): Promise<T> {
    return this.#turns.run(read);
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

function wasCancelled(error: unknown): boolean {
  return isFiscalError(error) && Object(error.cause).code === statementCancelled;
}

/** The longest rest after a slice, in milliseconds: a slice that took long may have waited for the server. */
const mostRestMs = 250;

/**
 * Bounds the slices of lists that a server reads at the same time. After each slice its place rests for as
 * long as the slice took, so that two places take no more than one of the server's processors, however many
 * lists there are.
 */
export class SliceTurns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Reads when it is this slice's turn, in the order of asking. Answers before the rest begins. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    await this.#take();
    const startedAt = performance.now();
    try {
      return await read();
    } finally {
      setTimeout(() => this.#giveBack(), Math.min(performance.now() - startedAt, mostRestMs));
    }
  }

  async #take(): Promise<void> {
    if (this.#taken < this.#atOnce) this.#taken += 1;
    else await new Promise<void>((begin) => this.#waiting.push(begin));
  }

  /** Whoever waits for longest takes the place over. */
  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken -= 1;
  }
}
