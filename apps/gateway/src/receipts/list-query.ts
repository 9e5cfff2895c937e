import { type Fault, FiscalError } from '@fiscalkit/schemas';
import { isUuid } from '../http/request-parameters.js';

type QueryCheck<Query> = (
  query: unknown,
) => { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly faults: Fault[] };

/** A list as it is asked for. */
interface RequestedList<Query> {
  readonly query: Query;
  /** Id of the document that the page goes on behind. */
  readonly cursor?: string;
}

/**
 * Parses the filters of a list, and our own `cursor`. Throws `query.invalid` with every fault, or `query.cursor`.
 */
export function readListQuery<Query>(
  check: QueryCheck<Query>,
  { cursor, ...query }: Readonly<Record<string, unknown>>,
): RequestedList<Query> {
  const { utc } = query;
  // A zone may be written with its plus sign, as in the query for one receipt.
  const isSigned = typeof utc === 'string' && /^\+\d/.test(utc);
  const checked = check(isSigned ? { ...query, utc: utc.slice(1) } : query);
  if (!checked.ok) throw queryInvalid(checked.faults);
  const { query: filters } = checked;
  if (cursor === undefined) return { query: filters };
  if ('offset' in query) {
    const message = 'A page begins behind a cursor or at an offset, not both.';
    throw queryInvalid([{ code: 'field.unknown', path: 'offset', message, severity: 'fault' }]);
  }
  if (typeof cursor === 'string' && isUuid(cursor)) return { query: filters, cursor: cursor.toLowerCase() };
  throw new FiscalError({
    code: 'query.cursor',
    message: 'A cursor is the id of the last document of the page before.',
    retryable: false,
  });
}

function queryInvalid(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults,
  });
}
