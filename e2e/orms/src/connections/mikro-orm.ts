import { EntitySchema, IsolationLevel, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { Order } from '../order.js';
import { acceptWithMikroOrm } from '../recipes/accept-with-mikro-orm.js';
import type { Connect, OpenTransaction } from './connection.js';

const order = new EntitySchema<Order>({
  name: 'Order',
  tableName: 'orders',
  properties: { id: { type: 'text', primary: true } },
});

export const connectMikroOrm: Connect = async (clientUrl) => {
  const orm = await MikroORM.init({ entities: [order], clientUrl });
  return {
    transact: (work, isolation) =>
      orm.em.fork().transactional((manager) => work(within(manager)), {
        ...(isolation && { isolationLevel: IsolationLevel.SERIALIZABLE }),
      }),
    close: () => orm.close(),
  };
};

function within(manager: SqlEntityManager): OpenTransaction {
  return {
    accept: (statement) => acceptWithMikroOrm(manager, statement),
    run: (sql) => manager.execute(sql),
    nested: (work) => manager.transactional((savepoint) => work(within(savepoint))),
  };
}
