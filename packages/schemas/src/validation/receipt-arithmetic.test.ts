import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { russianReceipt } from '../examples/receipts.js';
import { formatAmount } from '../money/amount.js';
import { vatTotals } from '../vat/vat.js';
import { checkReceipt } from './check-receipt.js';

const percents = {
  none: 0,
  vat_0: 0,
  vat_5: 5,
  vat_107: 7,
  vat_10: 10,
  vat_110: 10,
  vat_22: 22,
  vat_122: 22,
};

const position = fc.record({
  price: fc.integer({ min: 1, max: 4_000_000 }).map((minor) => minor / 100),
  quantity: fc.integer({ min: 500, max: 9_999 }).map((thousandths) => thousandths / 1000),
  vat_code: fc.constantFrom(...(Object.keys(percents) as (keyof typeof percents)[])),
});

const sumOf = ({ price, quantity }: { price: number; quantity: number }) =>
  new Decimal(price).times(quantity).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

it('computes sums, total and VAT as an independent decimal arithmetic does', () => {
  const [template] = russianReceipt.positions;
  fc.assert(
    fc.property(fc.array(position, { minLength: 1, maxLength: 8 }), (drawn) => {
      const sums = drawn.map(sumOf);
      const total = Decimal.sum(...sums);
      fc.pre(!total.isZero());
      const checked = checkReceipt({
        ...russianReceipt,
        positions: drawn.map((values) => ({ ...template, ...values })),
        settlements: [{ type: 'cashless', sum: total.toFixed(2) }],
      });
      if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
      const { receipt } = checked;
      expect(receipt.positions.map(({ sum }) => sum)).toEqual(sums.map(Number));
      expect(receipt.total).toBe(total.toNumber());
      for (const { vat_code, turnover, vat } of vatTotals(receipt)) {
        const ofRate = sums.filter((_, index) => drawn[index]?.vat_code === vat_code);
        const percent = percents[vat_code as keyof typeof percents];
        const expected = Decimal.sum(...ofRate)
          .times(percent)
          .div(100 + percent);
        expect(formatAmount(turnover)).toBe(Decimal.sum(...ofRate).toFixed(2));
        expect(formatAmount(vat)).toBe(expected.toFixed(2, Decimal.ROUND_HALF_UP));
      }
    }),
    { numRuns: 3_000 },
  );
});
