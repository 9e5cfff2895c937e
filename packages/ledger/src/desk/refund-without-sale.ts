import type { Fault } from '@fiscalkit/schemas';

/** The warning for a refund of whose payment the ledger has no sale. It is no rule of the document: only a ledger can tell. */
export const refundWithoutSale: Fault = {
  code: 'refund.without-sale',
  path: '$.operation_type',
  message: 'The ledger has no receipt of this payment that the refund could be of.',
  severity: 'warning',
};
