import { type ErrorEnvelope, errorsByPath } from '@fiscalkit/schemas';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirmationProblem } from '../payments/payment-failure.js';
import type { Problem } from './problem.js';

function envelopeOf(
  { code, message, faults, retryable, existing, seen }: Problem,
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
      ...(seen && { seen: { method: seen.method, path: seen.path } }),
    },
  };
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
  reply.status(problem.status).send(envelopeOf(problem, requestId));
}
