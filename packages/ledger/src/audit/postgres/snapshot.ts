import type { Client, QueryResultRow } from 'pg';
import { asLedgerError } from '../../store/postgres/ledger-error.js';
import type { RunStatement } from '../../store/postgres/postgres-database.js';

/** One connection with one read transaction that sees one moment. */
export class Snapshot {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  readonly read: RunStatement = async <Row extends QueryResultRow>(
    statement: { readonly text: string },
    values: readonly unknown[] = [],
  ) => {
    try {
      const { rows } = await this.#client.query<Row>({ ...statement, values: [...values] });
      return rows;
    } catch (error) {
      throw asLedgerError(error);
    }
  };

  /**
   * Reads page after page, by a key that rises: a statement with the last key as `$1`, which answers it with every row as
   * `key`, in its order.
   */
  async *pages<Row extends { readonly key: string }>(
    statement: { readonly text: string },
    before = '-9223372036854775808',
  ): AsyncIterable<readonly Row[]> {
    for (let after: string | undefined = before; after !== undefined; ) {
      const rows: readonly Row[] = await this.read<Row>(statement, [after]);
      yield rows;
      after = rows.at(-1)?.key;
    }
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
