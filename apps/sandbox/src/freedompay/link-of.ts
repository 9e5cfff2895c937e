import {
  type FiscalMark,
  formatAmount,
  formatRussianLink,
  formatSoliqLink,
  operationTypes,
  parseAmount,
  type Receipt,
} from '@fiscalkit/schemas';

/** Where the buyer can see the receipt: its parts are the mark's, and the receipt's own total. */
export function linkOf(mark: FiscalMark, receipt: Receipt): string {
  if (mark.country === 'uz') return formatSoliqLink({ path: 'epi', mark });
  return formatRussianLink({
    country: 'ru',
    host: 'consumer.1-ofd-test.ru',
    mark,
    total: formatAmount(parseAmount(receipt.total)),
    calculation_sign: operationTypes[receipt.operation_type],
    with_seconds: true,
  });
}
