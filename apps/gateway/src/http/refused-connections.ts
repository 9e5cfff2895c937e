import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { Tally } from './tally.js';

/** Counts the connections that were ended on our side, by reason; the log hears of each reason once a minute at most. */
export class RefusedConnections {
  readonly #tallies = new Map<string, Tally>();
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  add(code: string): void {
    this.#metrics.connectionRefused(code);
    let tally = this.#tallies.get(code);
    if (!tally) {
      tally = new Tally((count) => this.#logger.log('warn', 'connection.refused', { code, count }));
      this.#tallies.set(code, tally);
    }
    tally.add();
  }
}
