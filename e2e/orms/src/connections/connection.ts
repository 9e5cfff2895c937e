import type { AcceptedReceipt, AcceptReceiptStatement } from '@fiscalkit/nestjs';

/** What can be done within an open transaction of an ORM. */
export interface OpenTransaction {
  /** Accepts by the recipe. */
  accept(statement: AcceptReceiptStatement): Promise<AcceptedReceipt>;
  /** Runs SQL without values. */
  run(sql: string): Promise<unknown>;
  /** Does the work in a savepoint of the ORM's, which is rolled back when the work rejects. */
  nested(work: (within: OpenTransaction) => Promise<void>): Promise<void>;
}

/** An ORM that is connected to the database. */
export interface Connection {
  /** Does the work in a transaction of the ORM's: commits when it resolves, rolls back and rejects when it rejects. */
  transact(work: (within: OpenTransaction) => Promise<void>, isolation?: 'serializable'): Promise<void>;
  close(): Promise<unknown>;
}

/** Connects an ORM to the database at this address. */
export type Connect = (connectionString: string) => Promise<Connection>;
