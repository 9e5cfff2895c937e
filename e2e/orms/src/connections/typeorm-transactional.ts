import 'reflect-metadata';
import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, EntitySchema, type Repository } from 'typeorm';
import {
  addTransactionalDataSource,
  deleteDataSourceByName,
  IsolationLevel,
  initializeTransactionalContext,
  Propagation,
  Transactional,
} from 'typeorm-transactional';
import type { Order } from '../order.js';
import { acceptWithRepository } from '../recipes/accept-with-repository.js';
import type { Connect, OpenTransaction } from './connection.js';

const order = new EntitySchema<Order>({
  name: 'Order',
  tableName: 'orders',
  columns: { id: { type: 'text', primary: true } },
});

type Work = (within: OpenTransaction) => Promise<void>;

/** A service as a Nest application has it: no transaction is handed on, the decorator's holds for what it calls. */
@Injectable()
class Orders implements OpenTransaction {
  constructor(@Inject(getRepositoryToken(order)) private readonly repository: Repository<Order>) {}

  @Transactional()
  async transact(work: Work): Promise<void> {
    await work(this);
  }

  @Transactional({ isolationLevel: IsolationLevel.SERIALIZABLE })
  async transactSerially(work: Work): Promise<void> {
    await work(this);
  }

  @Transactional({ propagation: Propagation.NESTED })
  async nested(work: Work): Promise<void> {
    await work(this);
  }

  accept: OpenTransaction['accept'] = (statement) => acceptWithRepository(this.repository, statement);

  run: OpenTransaction['run'] = (sql) => this.repository.query(sql);
}

export const connectTypeormTransactional: Connect = async (url) => {
  initializeTransactionalContext();
  const database = TypeOrmModule.forRootAsync({
    useFactory: () => ({ type: 'postgres', url, entities: [order] }),
    dataSourceFactory: async (options) => {
      if (!options) throw new Error('TypeOrmModule gave no options.');
      return addTransactionalDataSource(new DataSource(options));
    },
  });
  class OrdersModule {}
  Module({ imports: [database, TypeOrmModule.forFeature([order])], providers: [Orders] })(OrdersModule);
  const application = await NestFactory.createApplicationContext(OrdersModule, { logger: false });
  const orders = application.get(Orders);
  return {
    transact: (work, isolation) => (isolation ? orders.transactSerially(work) : orders.transact(work)),
    async close() {
      await application.close();
      deleteDataSourceByName('default');
    },
  };
};
