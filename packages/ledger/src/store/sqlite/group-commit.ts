import type { DatabaseSync } from 'node:sqlite';
import { isUnavailable } from '../errors.js';
import { inTransaction, prepareQuery } from './query.js';

/** Runs all the work in one transaction, or none of it. */
export type Transact = <T>(work: () => T) => T;

interface Member {
  /** Does the work inside the transaction; answers how to announce the result after the commit. */
  readonly work: () => () => void;
  readonly fail: (error: unknown) => void;
}

const largestGroup = 500;

/**
 * Lets the writes of one turn of the event loop share a commit, because the commit's trip to the disk is what
 * a write costs. A member that throws fails alone. When the store can't commit, every member fails.
 */
export class GroupCommit {
  readonly #transact: Transact;
  #waiting: Member[] = [];
  #scheduled = false;
  #refused = false;

  constructor(transact: Transact) {
    this.#transact = transact;
  }

  /**
   * Does the work in the next commit; resolves once it is durable. It may run twice, but is committed once.
   */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const announced = () => {
        const result = work();
        return () => resolve(result);
      };
      this.#waiting.push({ work: announced, fail: reject });
      this.#schedule();
    });
  }

  /** Does the work if a commit has failed since; a commit of nothing may pass where a write can't. */
  async retry(work: () => void): Promise<void> {
    if (!this.#refused) return;
    await this.run(work);
    this.#refused = false;
  }

  /** Commits what waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commit(this.#waiting.splice(0, largestGroup));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commit(this.#waiting.splice(0, largestGroup));
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commit(members: readonly Member[]): void {
    if (members.length === 0) return;
    try {
      const announcements = this.#transact(() => members.map((member) => member.work()));
      for (const announce of announcements) announce();
    } catch (error) {
      const unavailable = isUnavailable(error);
      if (unavailable) this.#refused = true;
      if (members.length === 1 || unavailable) {
        for (const member of members) member.fail(error);
      } else {
        for (const member of members) this.#commit([member]);
      }
    }
  }
}

/** The time that rows are stamped with, and one that never jumps; both in milliseconds. */
export interface StoreTime {
  readonly now: () => number;
  readonly elapsed: () => number;
}

/** What two clocks may drift apart between two transactions without one of them having been set. */
const leastStepMs = 1_000;

/**
 * Prepares transactions in which due times and leases move along when the clock was set since the one before:
 * else a clock that is set back by hours makes everything wait for hours, and one that is set forward ends
 * every lease.
 */
export function prepareTransact(database: DatabaseSync, { now, elapsed }: StoreTime): Transact {
  const moves = ['deliveries', 'event_deliveries'].map((table) =>
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
