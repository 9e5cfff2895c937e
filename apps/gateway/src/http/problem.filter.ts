import type { ErrorEnvelope } from '@fiscalkit/schemas';
import { errorsByPath } from '@fiscalkit/schemas';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, unforeseen } from '../logs/logger.js';
import { confirmationProblem } from '../payments/payment-failure.js';
import { LOGGER } from '../tokens.js';
import { describeProblem, type Problem } from './problem.js';

function envelopeOf({ code, message, faults, retryable }: Problem, requestId: string): ErrorEnvelope {
  return {
    error: {
      message,
      code,
      errors: errorsByPath(faults),
      faults: faults.map((fault) => ({ code: fault.code, path: fault.path, message: fault.message })),
      retryable,
      request_id: requestId,
    },
  };
}

/** Turns every error into the envelope of the route it happened on. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = describeProblem(error);
    const { record } = request;
    record.problemCode = problem.code;
    if (problem.status === 500) {
      this.logger.log('error', 'request.failed', { request_id: record.requestId, ...unforeseen(error) });
    }
    if (request.url.startsWith('/payment/')) {
      reply.status(200).send(confirmationProblem(problem, record.requestId));
      return;
    }
    if (problem.retryAfterSeconds !== undefined) reply.header('Retry-After', problem.retryAfterSeconds);
    reply.status(problem.status).send(envelopeOf(problem, record.requestId));
  }
}
