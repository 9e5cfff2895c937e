import knex, { type Knex } from 'knex';
import { acceptWithKnex } from '../recipes/accept-with-knex.js';
import type { Connect, OpenTransaction } from './connection.js';

export const connectKnex: Connect = async (connection) => {
  const database = knex({ client: 'pg', connection });
  return {
    transact: (work, isolationLevel) =>
      database.transaction((transaction) => work(within(transaction)), {
        ...(isolationLevel && { isolationLevel }),
      }),
    close: () => database.destroy(),
  };
};

function within(transaction: Knex.Transaction): OpenTransaction {
  return {
    accept: (statement) => acceptWithKnex(transaction, statement),
    run: async (sql) => transaction.raw(sql),
    nested: (work) => transaction.transaction((savepoint) => work(within(savepoint))),
  };
}
