import { createSqliteStore } from '@fiscalkit/ledger';
import type { TransactionClient } from '@fiscalkit/ledger/postgres';
import { onTestFinished } from 'vitest';
import type { TransactionalStore } from './store-source.js';

/** A store that takes part in transactions by accepting at once, and gives the entry's id for a statement. */
export function openTransactionalStore() {
  const store = createSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const transactional: TransactionalStore = {
    acceptWithin: (_client, entry) => store.accept(entry),
    acceptStatement: ({ id }) => ({
      text: 'SELECT $1',
      questionMarks: 'SELECT ?',
      strings: Object.assign(['SELECT ', ''], { raw: ['SELECT ', ''] }),
      values: [id],
    }),
    ofPaymentWithin: (_client, { payment, limit }) => store.ofPayment(payment, limit),
  };
  return Object.assign(store, transactional);
}

/** A client that is in a transaction. */
export const client: TransactionClient = {
  query: async () => ({ rows: [] }),
  getTransactionStatus: () => 'T',
};
