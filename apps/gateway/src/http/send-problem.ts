import { type ErrorEnvelope, errorsByPath } from '@fiscalkit/schemas';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirmationProblem } from '../payments/payment-failure.js';
import type { Problem } from './problem.js';

function envelopeOf(
  { code, message, faults, retryable, existing }: Problem,
  requestId: string,
): ErrorEnvelope {
  return {
    error: {
      message,
      code,
      errors: errorsByPath(faults),
      faults: faults.map((fault) => ({ code: fault.code, path: fault.path, message: fault.message })),
      retryable,
      request_id: requestId,
      ...(existing && { existing: { receipt_id: existing.receiptId, status: existing.status } }),
    },
  };
}

/** Answers with a problem, in the envelope of the route. */
export function sendProblem(
  problem: Problem,
  { request, reply, requestId }: { request: FastifyRequest; reply: FastifyReply; requestId: string },
): void {
  if (problem.retryAfterSeconds !== undefined) reply.header('Retry-After', problem.retryAfterSeconds);
  if (request.url.startsWith('/payment/')) {
    reply.status(200).send(confirmationProblem(problem, requestId));
    return;
  }
  reply.status(problem.status).send(envelopeOf(problem, requestId));
}
