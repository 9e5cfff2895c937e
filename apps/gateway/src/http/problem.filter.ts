import { errorEnvelope } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, unforeseen } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { LOGGER, METRICS } from '../tokens.js';
import { describeProblem, type ErrorEnvelope, type Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Envelope of the errors of a route; that of receipts if absent. */
    envelope?: ErrorEnvelope;
  }
  interface FastifyInstance {
    /** Envelopes for paths without a route, by the beginning of the path. */
    unroutedEnvelopes: Readonly<Record<string, ErrorEnvelope>>;
  }
}

/** Answers every error of a route in the envelope of that route. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { record } = request;
    const problem = describeProblem(error);
    record.problemCode = problem.code;
    record.problemStatus = problem.status;
    this.metrics.problem(problem.code);
    if (problem.status === 500) {
      this.logger.log('error', 'request.failed', { request_id: record.requestId, ...unforeseen(error) });
    }
    sendProblem(problem, { request, reply, requestId: record.requestId });
  }
}

/**
 * Multiple of the body limit up to which the rest of a body is read: a client that is still sending reads no
 * answer before it has sent it all, or fails if the connection is closed meanwhile.
 */
const readOnUpTo = 16;

/** Keeps the connection of a body that is too large, within bounds: the rest of it is read and dropped. */
function readOn(request: FastifyRequest, reply: FastifyReply): void {
  const length = Number(request.headers['content-length']);
  if (length <= readOnUpTo * request.routeOptions.bodyLimit) reply.removeHeader('Connection');
}

/** Sends a problem in the envelope of the route. */
export function sendProblem(
  problem: Problem,
  { request, reply, requestId }: { request: FastifyRequest; reply: FastifyReply; requestId: string },
): void {
  if (problem.retryAfterSeconds !== undefined) reply.header('Retry-After', problem.retryAfterSeconds);
  if (problem.status === 413) readOn(request, reply);
  const { status, body } = envelopeOf(request)(problem, requestId);
  reply.status(status).send(body);
}

function envelopeOf({ is404, routeOptions, server, url }: FastifyRequest): ErrorEnvelope {
  if (!is404) return routeOptions.config.envelope ?? receiptsEnvelope;
  const path = plainPath(url);
  const unrouted = Object.entries(server.unroutedEnvelopes).find(([prefix]) => path.startsWith(prefix));
  return unrouted?.[1] ?? receiptsEnvelope;
}

/** Returns a path without a route as it was meant: decoded, in lower case, with one slash at the beginning. */
function plainPath(url: string): string {
  return decoded(url).toLowerCase().replace(/^\/+/, '/');
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '');
  } catch {
    return url;
  }
}

const receiptsEnvelope: ErrorEnvelope = (problem, requestId) => ({
  status: problem.status,
  body: errorEnvelope(problem, requestId),
});
