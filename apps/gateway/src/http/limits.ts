import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { AnswersOnTheWay } from './answers-on-the-way.js';
import { Connections } from './connections.js';
import { Arrivals } from './pending-bodies.js';
import { Tally } from './throttled-counter.js';

/** Bytes of long answers that may wait for their clients, over all connections. */
const mostAnswerBytes = 67_108_864;

/** What keeps clients from taking more than there is. */
export interface Bounds {
  readonly connections: Connections;
  readonly arrivals: Arrivals;
  readonly answers: AnswersOnTheWay;
  readonly refused: RefusedConnections;
}

/** Sets the bounds of the configuration, and lets logs and metrics hear when one is hit. */
export function createBounds(
  { limits }: Configuration,
  { logger, metrics }: { logger: Logger; metrics: Metrics },
): Bounds {
  const refused = new RefusedConnections(logger, metrics);
  const most = mostConnections(limits.connections);
  if (most < limits.connections) logger.log('warn', 'connections.limited', { count: most });
  const connections = new Connections({ most, refused: (code) => refused.add(code) });
  metrics.watchConnections(connections);
  const arrivals = new Arrivals({
    most: limits.concurrentRequests,
    refused: () => refused.add('request.slow'),
  });
  const answers = new AnswersOnTheWay({
    mostBytes: mostAnswerBytes,
    refused: () => refused.add('answer.slow'),
  });
  return { connections, arrivals, answers, refused };
}

/** Files that the ledger, its providers and the program itself may have open. */
const reserved = 512;

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | 'unlimited' } };
}

/** How many files this process may have open at once; `null` when the system does not say. */
function openFiles(): number | null {
  // Left out, because looking up the names of its own connections can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as Report;
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : null;
}

/** How many connections there can be: as many as were asked for, less where the system's limit of open files does not allow it. */
export function mostConnections(wanted: number): number {
  const limit = openFiles();
  return limit === null ? wanted : Math.max(16, Math.min(wanted, limit - reserved));
}

/** Counts the connections that were ended on our side, by reason; the log hears of each reason once a minute at most. */
class RefusedConnections {
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
