import { sql } from 'drizzle-orm';
import { drizzle as drizzleNodePostgres } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePostgresJs } from 'drizzle-orm/postgres-js';
import { Pool } from 'pg';
import postgres from 'postgres';
import { acceptWithDrizzle } from '../recipes/accept-with-drizzle.js';
import type { Connect, Connection, OpenTransaction } from './connection.js';

export const connectDrizzleOnNodePostgres: Connect = async (connectionString) => {
  const pool = new Pool({ connectionString });
  return connection(drizzleNodePostgres(pool), () => pool.end());
};

export const connectDrizzleOnPostgresJs: Connect = async (connectionString) => {
  const client = postgres(connectionString);
  return connection(drizzlePostgresJs(client), () => client.end());
};

function connection(database: PgDatabase<PgQueryResultHKT>, close: () => Promise<unknown>): Connection {
  return {
    transact: (work, isolationLevel) =>
      database.transaction((transaction) => work(within(transaction)), isolationLevel && { isolationLevel }),
    close,
  };
}

function within(transaction: PgDatabase<PgQueryResultHKT>): OpenTransaction {
  return {
    accept: (statement) => acceptWithDrizzle(transaction, statement),
    run: async (text) => transaction.execute(sql.raw(text)),
    nested: (work) => transaction.transaction((savepoint) => work(within(savepoint))),
  };
}
