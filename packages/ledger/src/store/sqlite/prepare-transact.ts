import type { DatabaseSync } from 'node:sqlite';
import type { Transact } from './group-commit.js';
import { prepareQuery } from './query.js';
import { inTransaction } from './transaction.js';

/** The time that rows are stamped with, and one that never jumps; both in milliseconds. */
export interface StoreTime {
  readonly now: () => number;
  readonly elapsed: () => number;
}

/** What two clocks may drift apart between two transactions without one of them having been set. */
const leastStepMs = 1_000;

/**
 * Prepares transactions in which due times and leases move along when the clock was set since the one before: else a clock
 * that is set back by hours makes everything wait for hours, and one that is set forward ends every lease.
 */
export function prepareTransact(database: DatabaseSync, { now, elapsed }: StoreTime): Transact {
  const moves = ['entries', 'event_deliveries'].map((table) =>
    prepareQuery(database, `UPDATE ${table} SET due_at = due_at + :step WHERE due_at IS NOT NULL`),
  );
  let offset = now() - elapsed();
  return (work) => {
    const latest = now() - elapsed();
    const step = Math.round(latest - offset);
    const result = inTransaction(database, () => {
      if (Math.abs(step) >= leastStepMs) for (const move of moves) move.run({ step });
      return work();
    });
    offset = latest;
    return result;
  };
}
