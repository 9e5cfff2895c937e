import { FiscalError } from '@fiscalkit/schemas';

/** The zone asked for with `utc`, in hours from UTC, −12 to 14. Throws `query.utc` for anything else. */
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
