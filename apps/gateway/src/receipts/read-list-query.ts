import { checkReceiptListQuery, FiscalError, type ReceiptListQuery } from '@fiscalkit/schemas';

/** Reads the filters of the receipts list. Throws `query.invalid` with every fault. */
export function readListQuery(query: Readonly<Record<string, unknown>>): ReceiptListQuery {
  const { utc } = query;
  // A zone may be written with its plus sign, as it is where one receipt is asked for.
  const isSigned = typeof utc === 'string' && /^\+\d/.test(utc);
  const checked = checkReceiptListQuery(isSigned ? { ...query, utc: utc.slice(1) } : query);
  if (checked.ok) return checked.query;
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults: checked.faults,
  });
}
