import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';

/**
 * The caller's key: that of `Idempotency-Key`, of the signed header, or of both when they agree; none when the request has none.
 * The ledger checks its form. Throws a `FiscalError` with `idempotency.key.format` or `idempotency.key.mismatch`.
 */
export function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const { signedKey } = request.record;
  const key = onlyValueOf(request, 'Idempotency-Key') ?? signedKey;
  if (signedKey !== undefined && key !== signedKey) {
    throw new FiscalError({
      code: 'idempotency.key.mismatch',
      message: 'Idempotency-Key is not the idempotency_key that the signature covers.',
      retryable: false,
    });
  }
  return key === undefined ? {} : { idempotencyKey: key };
}

/** Whether the caller says by `Fiscalkit-Twin: meant` that a second receipt with the same content is meant. */
export function twinOf(request: FastifyRequest): { twin?: 'meant' } {
  const twin = onlyValueOf(request, 'Fiscalkit-Twin');
  if (twin === undefined) return {};
  if (twin === 'meant') return { twin };
  throw new FiscalError({
    code: 'idempotency.twin',
    message: 'Fiscalkit-Twin has one value: meant.',
    retryable: false,
  });
}

function onlyValueOf(request: FastifyRequest, header: string): string | undefined {
  const name = header.toLowerCase();
  if (request.headers[name] === undefined) return undefined;
  // Told apart here, because the plain headers join two values into one.
  const [value, second] = request.raw.headersDistinct[name] ?? [];
  if (second === undefined) return value;
  throw new FiscalError({
    code: 'idempotency.key.format',
    message: `The request has more than one ${header}.`,
    retryable: false,
  });
}
