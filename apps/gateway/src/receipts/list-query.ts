import { type Fault, FiscalError } from '@fiscalkit/schemas';

type QueryCheck<Query> = (
  query: unknown,
) => { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly faults: Fault[] };

/** Parses the filters of a list. Throws `query.invalid` with every fault. */
export function readListQuery<Query>(
  check: QueryCheck<Query>,
  query: Readonly<Record<string, unknown>>,
): Query {
  const { utc } = query;
  // A zone may be written with its plus sign, as in the query for one receipt.
  const isSigned = typeof utc === 'string' && /^\+\d/.test(utc);
  const checked = check(isSigned ? { ...query, utc: utc.slice(1) } : query);
  if (checked.ok) return checked.query;
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults: checked.faults,
  });
}
