import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';

/** The caller's `Idempotency-Key`, if the request has one. The ledger checks its form. */
export function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  if (request.headers['idempotency-key'] === undefined) return {};
  // Told apart here, because the plain headers join two keys into one.
  const [key, second] = request.raw.headersDistinct['idempotency-key'] ?? [];
  if (second !== undefined) {
    throw new FiscalError({
      code: 'idempotency.key.format',
      message: 'The request has more than one Idempotency-Key.',
      retryable: false,
    });
  }
  return key === undefined ? {} : { idempotencyKey: key };
}
