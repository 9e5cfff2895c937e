import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { SHOP_SETTINGS, type ShopSettings } from '../shop-settings.js';

/** The shop's connections to PostgreSQL. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly #pool: Pool;

  constructor(@Inject(SHOP_SETTINGS) { databaseUrl }: ShopSettings) {
    this.#pool = new Pool({ connectionString: databaseUrl });
    // Without a listener, an idle connection that breaks would end the process.
    this.#pool.on('error', ({ message }) => new Logger(Database.name).warn(message));
  }

  async onModuleInit(): Promise<void> {
    await this.#pool.query(tables);
  }

  async query<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, values)).rows;
  }

  /** Commits what `work` does with the client, or rolls all of it back when it throws. */
  async transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = false;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end();
  }
}

/** The shop's own tables; those of the ledger are in its schema. */
const tables = `
  CREATE TABLE IF NOT EXISTS orders (
    id uuid PRIMARY KEY,
    payment_id text NOT NULL UNIQUE,
    email text NOT NULL,
    position jsonb NOT NULL,
    total numeric(16, 2) NOT NULL,
    receipt_id uuid NOT NULL UNIQUE,
    refund_receipt_id uuid UNIQUE
  );
  CREATE TABLE IF NOT EXISTS prepaid_orders (
    id uuid PRIMARY KEY,
    payment_id text NOT NULL UNIQUE,
    email text NOT NULL,
    receipt_id uuid NOT NULL UNIQUE
  );
  CREATE TABLE IF NOT EXISTS mailed_events (
    event_id text PRIMARY KEY
  );
`;
