import postgres, { type TransactionSql } from 'postgres';
import { acceptWithPostgresJs } from '../recipes/accept-with-postgres-js.js';
import type { Connect, OpenTransaction } from './connection.js';

export const connectPostgresJs: Connect = async (connectionString) => {
  const client = postgres(connectionString);
  return {
    async transact(work, isolation) {
      await client.begin(isolation ? `isolation level ${isolation}` : '', (transaction) =>
        work(within(transaction)),
      );
    },
    close: () => client.end(),
  };
};

function within(transaction: TransactionSql): OpenTransaction {
  return {
    accept: (statement) => acceptWithPostgresJs(transaction, statement),
    run: async (sql) => transaction.unsafe(sql),
    async nested(work) {
      await transaction.savepoint((savepoint) => work(within(savepoint)));
    },
  };
}
