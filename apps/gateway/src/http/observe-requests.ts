import { randomUUID } from 'node:crypto';
import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';

/** A caller's request id that may go into a log and an answer as it is. */
const requestIdPattern = /^[\w.:-]{1,128}$/;

function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && requestIdPattern.test(header) ? header : randomUUID();
}

/** Routes that must answer also when all others are over their bound. */
function isForOperators(request: FastifyRequest): boolean {
  return request.url.startsWith('/health/') || request.url === '/metrics';
}

export interface RequestObservation {
  readonly concurrentRequests: number;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Gives every request its id, keeps the number of requests under way in bounds, and tells logs and metrics of each. */
export function observeRequests(server: FastifyInstance, observation: RequestObservation): void {
  const { concurrentRequests, stopping, logger, metrics } = observation;
  let underWay = 0;

  server.decorateRequest('record');
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    request.record = {
      requestId: requestIdOf(request.headers['x-request-id']),
      startedAt: performance.now(),
    };
    reply.header('X-Request-Id', request.record.requestId);
    underWay += 1;
    reply.raw.once('close', () => {
      underWay -= 1;
    });
    if (isForOperators(request)) return done();
    if (stopping.aborted) {
      reply.header('Connection', 'close');
      return done(
        new FiscalError({ code: 'gateway.stopping', message: 'The gateway is stopping.', retryable: true }),
      );
    }
    if (underWay > concurrentRequests) {
      return done(
        new FiscalError({ code: 'gateway.busy', message: 'Too many requests at once.', retryable: true }),
      );
    }
    done();
  });
  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const { record, method } = request;
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = performance.now() - record.startedAt;
    metrics.requestServed({ method, route, status: reply.statusCode, seconds: milliseconds / 1000 });
    logger.log(isForOperators(request) ? 'debug' : 'info', 'request.served', {
      request_id: record.requestId,
      method,
      route,
      status: reply.statusCode,
      duration_ms: Math.round(milliseconds * 10) / 10,
      ...(record.merchant !== undefined && { merchant: record.merchant }),
      ...(record.receiptId !== undefined && { receipt_id: record.receiptId }),
      ...(record.problemCode !== undefined && { code: record.problemCode }),
    });
    done();
  });
}
