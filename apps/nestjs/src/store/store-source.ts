import type { AcceptOutcome, Entry, LedgerStore, NewEntry } from '@fiscalkit/ledger';
import type { PaymentWithin, PlainStatement, TransactionClient } from '@fiscalkit/ledger/postgres';
import { FiscalError } from '@fiscalkit/schemas';

/** A store, which the module leaves open, or a function that opens one, which it closes. */
export type StoreSource = LedgerStore | (() => LedgerStore | Promise<LedgerStore>);

/** A store in whose database callers have tables and transactions of their own. */
export interface TransactionalStore {
  acceptWithin(client: TransactionClient, entry: NewEntry): Promise<AcceptOutcome>;
  acceptStatement(entry: NewEntry): PlainStatement;
  ofPaymentWithin(client: TransactionClient, given: PaymentWithin): Promise<Entry[]>;
}

/** Returns a store that accepts within a transaction. Throws `ledger.transactions-unsupported`. */
export function transactionalStore(store: LedgerStore): TransactionalStore {
  if (isTransactional(store)) return store;
  throw new FiscalError({
    code: 'ledger.transactions-unsupported',
    message: 'This ledger is not kept where it could take part in your transaction; PostgreSQL can.',
    retryable: false,
  });
}

function isTransactional(store: LedgerStore): store is LedgerStore & TransactionalStore {
  return 'acceptWithin' in store && 'acceptStatement' in store;
}
