import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Receipt } from '../receipt/receipt.js';
import { vatTotals } from '../vat/vat.js';
import type { DerivedReceipt } from './derive-receipt.js';
import {
  addUpBy,
  done,
  drawnPart,
  drawnSale,
  expectSound,
  minorOf,
  propertyRuns,
  propertyTimeoutMs,
  receiptOf,
  requestFor,
} from './drawn-sales.fixture.js';
import { refundOf } from './refund-of.js';
import { leftOf, type Taken } from './taken.js';

const drawnRefunds = fc.array(fc.array(drawnPart, { minLength: 1, maxLength: 3 }), { maxLength: 5 });

const isOver = { ok: false, faults: [{ code: 'refund.exceeds-sale' }] };

it(
  'partial refunds add up to the sale, whatever they are, and nothing goes beyond it',
  () => {
    fc.assert(
      fc.property(drawnSale, drawnRefunds, (sale, drawn) => {
        const earlier: Taken[] = [];
        const refunds: Receipt[] = [];
        const keep = (derived: DerivedReceipt) => {
          const { receipt, taken } = done(derived);
          expectSound(receipt);
          expect(taken.positions.map(({ sumMinor }) => sumMinor)).toEqual(
            receipt.positions.map(({ sum }) => minorOf(sum)),
          );
          receipt.positions.forEach((line, place) => {
            const { vat_code, name } = sale.positions[taken.positions[place]?.index ?? -1] ?? {};
            expect(line).toMatchObject({ vat_code, name });
          });
          earlier.push(taken);
          refunds.push(receipt);
        };
        for (const parts of drawn) {
          const left = leftOf(sale, earlier).positions.filter(({ sumMinor }) => sumMinor > 0);
          const chosen = [...new Map(parts.map((part) => [part.pick % Math.max(1, left.length), part]))];
          const positions = chosen.flatMap(([place, part]) =>
            left[place] ? [requestFor(sale, left[place], part)] : [],
          );
          if (positions.length === 0) break;
          const derived = refundOf(sale, { positions, earlier });
          // A quantity may cost less than half a minor unit: then there is nothing to give back.
          if (!derived.ok && derived.faults.every(({ code }) => code === 'refund.zero')) continue;
          keep(derived);
          for (const { index, quantityThousandths, sumMinor } of leftOf(sale, earlier).positions) {
            const more = [
              { index, quantity: (quantityThousandths + 1) / 1000 },
              { index, sum: (sumMinor + 1) / 100 },
            ];
            for (const position of more)
              expect(refundOf(sale, { positions: [position], earlier })).toMatchObject(isOver);
          }
        }
        if (leftOf(sale, earlier).totalMinor > 0) keep(refundOf(sale, { earlier }));
        expect(refundOf(sale, { earlier })).toMatchObject(isOver);

        const taken = earlier.flatMap(({ positions }) => positions);
        const bySale = sale.positions.map(({ sum }, index) => [index, minorOf(sum)] as const);
        const taking = addUpBy([
          ...sale.positions.map((_, index) => [index, 0] as const),
          ...taken.map(({ index, sumMinor }) => [index, sumMinor] as const),
        ]);
        expect(taking).toEqual(new Map(bySale));
        const quantities = addUpBy(
          taken.map(({ index, quantityThousandths }) => [index, quantityThousandths] as const),
        );
        for (const [index, moved] of quantities)
          expect(moved).toBeLessThanOrEqual((sale.positions[index]?.quantity ?? 0) * 1000 + 1e-6);
        const kindsOf = (receipts: readonly Receipt[]) =>
          addUpBy(
            receipts.flatMap(({ settlements }) =>
              settlements.map(({ type, sum }) => [type, minorOf(sum)] as const),
            ),
          );
        expect(kindsOf(refunds)).toEqual(kindsOf([sale]));
        const turnover = (receipts: readonly Receipt[], of: 'turnover' | 'vat') =>
          addUpBy(
            receipts.flatMap((receipt) =>
              vatTotals(receipt).map((total) => [total.vat_code, total[of]] as const),
            ),
          );
        const paid = (sums: Map<unknown, number>) => new Map([...sums].filter(([, minor]) => minor > 0));
        expect(paid(turnover(refunds, 'turnover'))).toEqual(paid(turnover([sale], 'turnover')));
        for (const [code, vat] of turnover([sale], 'vat'))
          expect(Math.abs(vat - (turnover(refunds, 'vat').get(code) ?? 0))).toBeLessThanOrEqual(
            refunds.length,
          );
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

it('refunds of one piece each end with the sale', () => {
  const sale = receiptOf({
    receipt_format: 'ru_1_05',
    merchant_id: '1',
    payment_id: '1',
    operation_type: 'sell',
    customer: { email: 'buyer@example.com' },
    positions: [
      {
        name: 'Tea',
        price: 33.33,
        quantity: 3,
        vat_code: 'vat_22',
        payment_method: 'full_payment',
        payment_object: 'goods',
      },
    ],
    settlements: [
      { type: 'cash', sum: 50 },
      { type: 'cashless', sum: 49.99 },
    ],
  });
  const earlier: Taken[] = [];
  for (const total of [33.33, 33.33, 33.33]) {
    const { receipt, taken } = done(refundOf(sale, { positions: [{ index: 0, quantity: 1 }], earlier }));
    expect(receipt).toMatchObject({ total, operation_type: 'sell_refund' });
    earlier.push(taken);
  }
  expect(refundOf(sale, { earlier })).toMatchObject(isOver);
});
