import { checkReceiptListQuery, FiscalError, type ReceiptListQuery } from '@fiscalkit/schemas';

/** Reads the filters of the receipts list. Throws `query.invalid` with every fault. */
export function readListQuery(query: unknown): ReceiptListQuery {
  const checked = checkReceiptListQuery(query);
  if (checked.ok) return checked.query;
  throw new FiscalError({
    code: 'query.invalid',
    message: 'The filters of the list can not be used.',
    retryable: false,
    faults: checked.faults,
  });
}
