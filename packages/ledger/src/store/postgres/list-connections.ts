import { isFiscalError } from '@fiscalkit/schemas';
import { Pool, type QueryResultRow } from 'pg';
import { listTimeout } from '../list-timeout.js';
import { PostgresDatabase, type RunStatement } from './postgres-database.js';
import { SliceTurns } from './slice-turns.js';

/** Most connections that lists take, beside those of the store. */
const connections = 2;

/** How long the server may work on one slice of a list, in milliseconds. */
const statementTimeoutMs = 5_000;

const statementCancelled = '57014';

/** Connections of their own for lists, with the settings of the others; opened when they are needed, and closed when idle. */
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

  /** Reads. Throws a `FiscalError` with code `lists.timeout` where the server took too long, else as the store does. */
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
