import { type DailyReport, minorText } from '@fiscalkit/ledger';

/** Returns the report of a day as it goes over the wire; sums are decimal texts, however large. */
export function dailyView({ merchant, date, ended, receipts, rows }: DailyReport) {
  return {
    merchant_id: merchant,
    date,
    ended,
    receipts,
    rows: rows.map(
      ({ provider, account, currency, operationType, totalMinor, vat, settlements, ...row }) => ({
        provider,
        account,
        currency,
        operation_type: operationType,
        receipts: row.receipts,
        total: minorText(totalMinor),
        vat: vat.map((sum) => ({
          vat_code: sum.vatCode,
          receipts: sum.receipts,
          turnover: minorText(sum.turnoverMinor),
          vat: minorText(sum.vatMinor),
        })),
        settlements: settlements.map(({ type, receipts: count, sumMinor }) => ({
          type,
          receipts: count,
          sum: minorText(sumMinor),
        })),
      }),
    ),
  };
}

/** Formats the report of a day for people. */
export function dailyText(report: DailyReport): string {
  const { merchant_id, date, ended, receipts, rows } = dailyView(report);
  return [
    `${merchant_id}, ${date}: ${receipts} receipts${ended ? '' : '; the day has not ended'}`,
    ...rows.flatMap((row) => [
      `${row.provider} ${row.account} ${row.operation_type}: ${row.receipts} receipts, ${row.total} ${row.currency}`,
      ...row.vat.map(({ vat_code, turnover, vat }) => `  ${vat_code}: ${turnover}, of it VAT ${vat}`),
      ...row.settlements.map(({ type, sum }) => `  ${type}: ${sum}`),
    ]),
  ].join('\n');
}
