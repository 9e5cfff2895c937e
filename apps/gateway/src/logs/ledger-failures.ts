import type { LedgerEvent } from '@fiscalkit/ledger';
import { Tally } from '../http/tally.js';
import type { Logger } from './logger.js';

/** An outage fails every call: the log hears of each kind of failure at once, and then at most so often. Milliseconds. */
const intervalMs = 5_000;

/** Writes down what the ledger could not do, and why, in few lines. */
export class LedgerFailures {
  readonly #logger: Logger;
  /** By code and cause, all of which are on lists. */
  readonly #tallies = new Map<string, Tally>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add({ code, cause, databaseCode }: Extract<LedgerEvent, { type: 'store-error' }>): void {
    const key = `${code} ${cause} ${databaseCode}`;
    let tally = this.#tallies.get(key);
    if (!tally) {
      const why = { ...(cause && { cause }), ...(databaseCode && { database_code: databaseCode }) };
      tally = new Tally(
        (count) => this.#logger.log('error', 'ledger.failed', { code, ...why, count }),
        intervalMs,
      );
      this.#tallies.set(key, tally);
    }
    tally.add();
  }
}
