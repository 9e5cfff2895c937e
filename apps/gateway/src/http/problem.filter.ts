import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, unforeseen } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { LOGGER, METRICS } from '../tokens.js';
import { describeProblem } from './problem.js';
import { sendProblem } from './send-problem.js';

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
