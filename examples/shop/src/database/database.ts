import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { SHOP_SETTINGS, type ShopSettings } from '../shop-settings.js';
import { tables } from './tables.js';

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

  /** Commits what `work` does with the client, or, when it throws, none of it. */
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
