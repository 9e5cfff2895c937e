import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger, LogLevel } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { PendingBodies } from './pending-bodies.js';
import type { RequestRecord } from './request-record.js';

/** Whether its route answers even when all others are over their limit. */
function isForOperators(request: FastifyRequest): boolean {
  return request.url.startsWith('/health/') || request.url === '/metrics';
}

/** Returns the level of the line: `error` for what no request is to blame for, except for a stop. */
function levelOf(request: FastifyRequest, reply: FastifyReply): LogLevel {
  const { problemCode, problemStatus = 0 } = request.record;
  if (problemCode === 'gateway.stopping') return 'warn';
  if (Math.max(reply.statusCode, problemStatus) >= 500) return 'error';
  return isForOperators(request) ? 'debug' : 'info';
}

/** Whether the caller did not prove who they are: then only the address tells one from another. */
function isUnproven({ problemCode = '' }: RequestRecord): boolean {
  return /^(?:access|signature|callback)\./.test(problemCode);
}

export interface RequestObservation {
  readonly concurrentRequests: number;
  readonly pendingBodies: PendingBodies;
  readonly underWay: RequestsUnderWay;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

function refusal(code: string, message: string): FiscalError {
  return new FiscalError({ code, message, retryable: true });
}

/** Gives every request an id, limits the requests at work, and reports each to logs and metrics. */
export function observeRequests(server: FastifyInstance, observation: RequestObservation): void {
  const { concurrentRequests, pendingBodies, underWay, stopping, logger, metrics } = observation;
  let atWork = 0;

  server.decorateRequest('record');
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    const { socket } = request.raw;
    const record: RequestRecord = {
      requestId: requestIdOf(request.headers),
      startedAt: performance.now(),
      atWork: false,
    };
    request.record = record;
    reply.header('X-Request-Id', record.requestId);
    if (isForOperators(request)) return done();
    underWay.begin();
    pendingBodies.begin(socket);
    reply.raw.once('close', () => {
      pendingBodies.end(socket);
      underWay.end();
      if (record.atWork) atWork -= 1;
    });
    // Served all the same: nobody would know whether it may be sent again.
    if (stopping.aborted) reply.header('Connection', 'close');
    done();
  });
  // The body is there: from here on, the request is our work.
  server.addHook('preValidation', (request: FastifyRequest, _reply: FastifyReply, done) => {
    if (isForOperators(request)) return done();
    pendingBodies.end(request.raw.socket);
    if (atWork >= concurrentRequests) return done(refusal('gateway.busy', 'Too many requests at once.'));
    atWork += 1;
    request.record.atWork = true;
    done();
  });
  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const { record, method } = request;
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = performance.now() - record.startedAt;
    metrics.requestServed({ method, route, status: reply.statusCode, seconds: milliseconds / 1000 });
    logger.log(levelOf(request, reply), 'request.served', {
      request_id: record.requestId,
      method,
      route,
      status: reply.statusCode,
      duration_ms: Math.round(milliseconds * 10) / 10,
      ...(record.merchant !== undefined && { merchant: record.merchant }),
      ...(record.administrator !== undefined && { by: record.administrator }),
      ...(record.receiptId !== undefined && { receipt_id: record.receiptId }),
      ...(record.problemCode !== undefined && { code: record.problemCode }),
      ...(isUnproven(record) && { client: request.ip }),
    });
    done();
  });
}

/** Counts the requests that are being served. */
export class RequestsUnderWay {
  #count = 0;
  #quietSince = 0;

  get count(): number {
    return this.#count;
  }

  /** For how long there has been none, in milliseconds; 0 while there is one. */
  get quietMs(): number {
    return this.#count > 0 ? 0 : performance.now() - this.#quietSince;
  }

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    this.#quietSince = performance.now();
  }
}

/** Form of a caller's request id that may go into a log and an answer unchanged. */
const pattern = /^[\w.:-]{1,128}$/;

/** Returns the caller's `X-Request-Id`, or a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const header = headers['x-request-id'];
  return typeof header === 'string' && pattern.test(header) ? header : randomUUID();
}
