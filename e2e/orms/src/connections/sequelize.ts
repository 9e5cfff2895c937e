import { Sequelize, Transaction } from 'sequelize';
import { acceptWithSequelize } from '../recipes/accept-with-sequelize.js';
import type { Connect, OpenTransaction } from './connection.js';

export const connectSequelize: Connect = async (connectionString) => {
  const sequelize = new Sequelize(connectionString, { logging: false });
  return {
    transact: (work, isolation) =>
      sequelize.transaction(
        { ...(isolation && { isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE }) },
        (transaction) => work(within(sequelize, transaction)),
      ),
    close: () => sequelize.close(),
  };
};

function within(sequelize: Sequelize, transaction: Transaction): OpenTransaction {
  return {
    accept: (statement) => acceptWithSequelize(sequelize, transaction, statement),
    run: (sql) => sequelize.query(sql, { transaction }),
    nested: (work) =>
      sequelize.transaction({ transaction }, (savepoint) => work(within(sequelize, savepoint))),
  };
}
