import { CompiledQuery, type ControlledTransaction, Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { acceptWithKysely } from '../recipes/accept-with-kysely.js';
import type { Connect, OpenTransaction } from './connection.js';

type Transaction = ControlledTransaction<unknown, string[]>;

export const connectKysely: Connect = async (connectionString) => {
  const pool = new Pool({ connectionString });
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    async transact(work, isolation) {
      const starting = database.startTransaction();
      const transaction = await (isolation ? starting.setIsolationLevel(isolation) : starting).execute();
      try {
        await work(within(transaction));
        await transaction.commit().execute();
      } catch (error) {
        if (!transaction.isCommitted) await transaction.rollback().execute();
        throw error;
      }
    },
    close: () => database.destroy(),
  };
};

/** Kysely has savepoints in controlled transactions alone. */
function within(transaction: Transaction): OpenTransaction {
  return {
    accept: (statement) => acceptWithKysely(transaction, statement),
    run: (sql) => transaction.executeQuery(CompiledQuery.raw(sql)),
    async nested(work) {
      const savepoint = await transaction.savepoint('nested').execute();
      try {
        await work(within(savepoint as Transaction));
      } catch (error) {
        await savepoint.rollbackToSavepoint('nested').execute();
        throw error;
      }
    },
  };
}
