import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';

/** The caller's `Idempotency-Key`, if the request has one. The ledger checks its form. */
export function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return {};
  if (typeof key === 'string') return { idempotencyKey: key };
  throw new FiscalError({
    code: 'idempotency.key.format',
    message: 'The request has more than one Idempotency-Key.',
    retryable: false,
  });
}
