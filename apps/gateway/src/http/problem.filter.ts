import { errorEnvelope } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, unforeseen } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { confirmationProblem } from '../payments/payment-failure.js';
import { LOGGER, METRICS } from '../tokens.js';
import { describeProblem, type Problem } from './problem.js';

/** Turns every error of a route into the envelope of that route. */
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

/** A client that is still sending reads no answer before it has sent it all, or fails at a connection that is closed meanwhile. */
const readOnUpTo = 16;

/** Keeps the connection of a body that is too large, but not boundless: the rest of it is read and forgotten. */
function readOn(request: FastifyRequest, reply: FastifyReply): void {
  const length = Number(request.headers['content-length']);
  if (length <= readOnUpTo * request.routeOptions.bodyLimit) reply.removeHeader('Connection');
}

/** Answers with a problem, in the envelope of the route. */
export function sendProblem(
  problem: Problem,
  { request, reply, requestId }: { request: FastifyRequest; reply: FastifyReply; requestId: string },
): void {
  if (problem.retryAfterSeconds !== undefined) reply.header('Retry-After', problem.retryAfterSeconds);
  if (problem.status === 413) readOn(request, reply);
  if (request.url.startsWith('/payment/')) {
    reply.status(200).send(confirmationProblem(problem, requestId));
    return;
  }
  reply.status(problem.status).send(errorEnvelope(problem, requestId));
}
