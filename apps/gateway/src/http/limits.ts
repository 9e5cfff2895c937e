import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { AnswersOnTheWay } from './answers-on-the-way.js';
import { Connections } from './connections.js';
import { PendingBodies } from './pending-bodies.js';
import { ThrottledCounter } from './throttled-counter.js';

/** Most bytes of long answers that wait for their clients, over all connections. */
const mostAnswerBytes = 67_108_864;

/** Limits of what clients can take. */
export interface ServerLimits {
  readonly connections: Connections;
  readonly pendingBodies: PendingBodies;
  readonly answers: AnswersOnTheWay;
  readonly refused: RefusedConnections;
}

/** Creates the limits of the configuration; logs and metrics report each that is hit. */
export function createServerLimits(
  { limits }: Configuration,
  { logger, metrics }: { logger: Logger; metrics: Metrics },
): ServerLimits {
  const refused = new RefusedConnections(logger, metrics);
  const most = maxConnections(limits.connections);
  if (most < limits.connections) logger.log('warn', 'connections.limited', { count: most });
  const connections = new Connections({ most, refused: (code) => refused.add(code) });
  metrics.watchConnections(connections);
  const pendingBodies = new PendingBodies({
    most: limits.concurrentRequests,
    refused: () => refused.add('request.slow'),
  });
  const answers = new AnswersOnTheWay({
    mostBytes: mostAnswerBytes,
    refused: () => refused.add('answer.slow'),
  });
  return { connections, pendingBodies, answers, refused };
}

/** Files kept for the ledger, its providers and the program itself. */
const reserved = 512;

interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | 'unlimited' } };
}

/** Returns how many files this process may have open; `null` when the system does not say. */
function openFiles(): number | null {
  // Left out, because looking up the names of its own connections can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as Report;
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : null;
}

/** Returns the most connections: as configured, or fewer where the limit of open files is lower. */
export function maxConnections(wanted: number): number {
  const limit = openFiles();
  return limit === null ? wanted : Math.max(16, Math.min(wanted, limit - reserved));
}

/** Counts the connections that were ended on our side, by reason; logs each once a minute at most. */
class RefusedConnections {
  readonly #tallies = new Map<string, ThrottledCounter>();
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  add(code: string): void {
    this.#metrics.connectionRefused(code);
    let counter = this.#tallies.get(code);
    if (!counter) {
      counter = new ThrottledCounter((count) =>
        this.#logger.log('warn', 'connection.refused', { code, count }),
      );
      this.#tallies.set(code, counter);
    }
    counter.add();
  }
}
