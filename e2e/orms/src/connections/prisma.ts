import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../prisma/generated/client.js';
import { acceptWithPrisma } from '../recipes/accept-with-prisma.js';
import type { Connect, OpenTransaction } from './connection.js';

export const connectPrisma: Connect = async (connectionString) => {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
  return {
    transact: (work, isolation) =>
      client.$transaction((transaction) => work(within(transaction)), {
        ...(isolation && { isolationLevel: 'Serializable' }),
      }),
    close: () => client.$disconnect(),
  };
};

/** Prisma has no savepoints; who wants one says so in SQL. */
function within(transaction: Prisma.TransactionClient): OpenTransaction {
  return {
    accept: (statement) => acceptWithPrisma(transaction, statement),
    run: (sql) => transaction.$executeRawUnsafe(sql),
    async nested(work) {
      await transaction.$executeRawUnsafe('SAVEPOINT nested');
      try {
        await work(within(transaction));
      } catch (error) {
        await transaction.$executeRawUnsafe('ROLLBACK TO SAVEPOINT nested');
        throw error;
      }
    },
  };
}
