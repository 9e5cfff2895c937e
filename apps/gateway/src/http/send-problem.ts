import { errorEnvelope } from '@fiscalkit/schemas';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirmationProblem } from '../payments/payment-failure.js';
import type { Problem } from './problem.js';

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
