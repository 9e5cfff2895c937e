import { FiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';

/**
 * Returns the caller's key: that of `Idempotency-Key`, of the signed header, or of both when they agree; none
 * when the request has none. The ledger checks its form. Throws a `FiscalError` with `idempotency.key.format`
 * or `idempotency.key.mismatch`.
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

/** Whether the caller marks a second receipt with the same content as meant: `Fiscalkit-Twin: meant`. */
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

/** Returns the zone of `utc`, in hours from UTC, −12 to 14. Throws `query.utc` for anything else. */
export function utcOf(utc: unknown): number | undefined {
  if (utc === undefined) return undefined;
  const hours = typeof utc === 'string' && /^[+-]?\d{1,2}$/.test(utc) ? Number(utc) : Number.NaN;
  if (hours >= -12 && hours <= 14) return hours;
  throw new FiscalError({
    code: 'query.utc',
    message:
      'utc must be a whole number of hours from -12 to 14, written as 5, -5 or %2B5: a plus sign in a query means a blank.',
    retryable: false,
  });
}

/**
 * Returns how long the caller waits for the final state, in milliseconds, up to the gateway's limit. Throws
 * `query.wait` for anything but a whole number.
 */
export function waitOf(query: Readonly<Record<string, unknown>>, limitMs: number): number | undefined {
  const { wait, ...others } = query;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new FiscalError({
      code: 'query.unknown',
      message: 'There is no such query parameter here.',
      retryable: false,
    });
  }
  if (wait === undefined) return undefined;
  if (typeof wait !== 'string' || !/^\d{1,9}$/.test(wait)) {
    throw new FiscalError({
      code: 'query.wait',
      message: 'wait must be a whole number of milliseconds.',
      retryable: false,
    });
  }
  return Math.min(Number(wait), limitMs);
}

const form = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text is a UUID, as all ids of entries are. */
export function isUuid(text: string): boolean {
  return form.test(text);
}
