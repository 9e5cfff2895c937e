import type { Configuration } from '../configuration/configuration.js';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { AnswersOnTheWay } from './answers-on-the-way.js';
import { Arrivals } from './arrivals.js';
import { Connections } from './connections.js';
import { mostConnections } from './most-connections.js';
import { RefusedConnections } from './refused-connections.js';

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
