import { FiscalError } from '@fiscalkit/schemas';

/**
 * How long the caller asks to wait for the final state, in milliseconds, up to the gateway's limit. Throws `query.wait` for
 * anything but a whole number.
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
