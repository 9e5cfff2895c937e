import { DataSource, type EntityManager } from 'typeorm';
import { acceptWithTypeorm } from '../recipes/accept-with-typeorm.js';
import type { Connect, OpenTransaction } from './connection.js';

export const connectTypeorm: Connect = async (url) => {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  return {
    transact: (work, isolation) =>
      source.transaction(isolation ? 'SERIALIZABLE' : 'READ COMMITTED', (manager) => work(within(manager))),
    close: () => source.destroy(),
  };
};

function within(manager: EntityManager): OpenTransaction {
  return {
    accept: (statement) => acceptWithTypeorm(manager, statement),
    run: (sql) => manager.query(sql),
    nested: (work) => manager.transaction((savepoint) => work(within(savepoint))),
  };
}
