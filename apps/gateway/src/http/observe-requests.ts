import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { requestIdOf } from './request-id.js';
import type { RequestsUnderWay } from './requests-under-way.js';

/** Routes that must answer also when all others are over their bound. */
function isForOperators(request: FastifyRequest): boolean {
  return request.url.startsWith('/health/') || request.url === '/metrics';
}

export interface RequestObservation {
  readonly concurrentRequests: number;
  readonly underWay: RequestsUnderWay;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Gives every request its id, keeps the number of requests under way in bounds, and tells logs and metrics of each. */
export function observeRequests(server: FastifyInstance, observation: RequestObservation): void {
  const { concurrentRequests, underWay, stopping, logger, metrics } = observation;

  server.decorateRequest('record');
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    request.record = {
      requestId: requestIdOf(request.headers),
      startedAt: performance.now(),
    };
    reply.header('X-Request-Id', request.record.requestId);
    underWay.begin();
    reply.raw.once('close', () => underWay.end());
    if (isForOperators(request)) return done();
    if (stopping.aborted) {
      reply.header('Connection', 'close');
      return done(
        new FiscalError({ code: 'gateway.stopping', message: 'The gateway is stopping.', retryable: true }),
      );
    }
    if (underWay.count > concurrentRequests) {
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
