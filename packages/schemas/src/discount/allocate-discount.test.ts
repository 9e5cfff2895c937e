import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawnSale,
  expectSound,
  minorOf,
  price,
  propertyRuns,
  propertyTimeoutMs,
  quantity,
  ratio,
  receiptOf,
  sumOf,
} from '../origin/drawn-sales.fixture.js';
import { allocateDiscount, type DiscountedPosition } from './allocate-discount.js';

function done<Position extends DiscountedPosition>(
  positions: readonly Position[],
  discount: number | string,
) {
  const allocated = allocateDiscount(positions, discount);
  if (!allocated.ok) throw new Error(JSON.stringify(allocated.faults));
  return allocated.positions;
}

const tea = { name: 'Tea', price: 50, quantity: 2 };

it(
  'takes a discount off, to the minor unit, in proportion, from lines that are exact',
  () => {
    fc.assert(
      fc.property(drawnSale, ratio, (sale, part) => {
        const named = sale.positions.map((position, index) => ({ ...position, name: `Item ${index}` }));
        const discountMinor = Math.min(Math.floor(minorOf(sale.total) * part), minorOf(sale.total) - 1);
        const positions = done(named, (discountMinor / 100).toFixed(2));
        const total = Decimal.sum(...positions.map(({ sum }) => sum));
        expect(total.toNumber()).toBe(new Decimal(sale.total).minus(discountMinor / 100).toNumber());
        const settlements = [{ type: 'cashless', sum: total.toNumber() }];
        expectSound(receiptOf({ ...sale, positions, settlements, total: undefined }));
        for (const original of named) {
          const lines = positions.filter(({ name }) => name === original.name);
          const sum = Decimal.sum(...lines.map((line) => line.sum));
          const exact = new Decimal(original.sum).times(
            new Decimal(1).minus(new Decimal(discountMinor / 100).div(sale.total)),
          );
          expect(sum.minus(exact).abs().lessThan(0.01)).toBe(true);
          expect(sum.gte(0) && sum.lte(original.sum)).toBe(true);
          expect(Decimal.sum(...lines.map((line) => line.quantity)).toNumber()).toBe(original.quantity);
          const labels = lines.flatMap((line) => ('labels' in line ? (line.labels ?? []) : []));
          expect(labels).toEqual('labels' in original ? (original.labels ?? []) : []);
          const isCoded =
            'mark_code_type' in original && original.mark_code_type && original.measure === 'piece';
          if (isCoded) expect(lines).toHaveLength(1);
        }
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

it(
  'keeps an order of many positions within the limit of a receipt',
  () => {
    const drawn = fc.record({
      price: price.map((minor) => minor / 100),
      quantity: quantity.map((q) => q / 1000),
    });
    const many = fc.array(drawn, { minLength: 55, maxLength: 100 });
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 900 }), (positions, part) => {
        const total = Decimal.sum(...positions.map(sumOf));
        const discount = total.times(part).div(1_000).toDecimalPlaces(2);
        const allocated = allocateDiscount(positions, discount.toFixed(2));
        if (!allocated.ok) {
          expect(allocated.faults).toMatchObject([{ code: 'receipt.positions.count' }]);
          return;
        }
        expect(allocated.positions.length).toBeLessThanOrEqual(100);
        expect(Decimal.sum(...allocated.positions.map(({ sum }) => sum)).toNumber()).toBe(
          total.minus(discount).toNumber(),
        );
        for (const line of allocated.positions) expect(sumOf(line).toNumber()).toBe(line.sum);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  },
  propertyTimeoutMs,
);

describe('allocateDiscount', () => {
  it('splits a position where one price can not give its sum', () => {
    expect(done([{ ...tea, quantity: 3 }], '0.01')).toEqual([
      { name: 'Tea', price: 49.99, quantity: 1, sum: 49.99 },
      { name: 'Tea', price: 50, quantity: 2, sum: 100 },
    ]);
  });

  it('leaves an order without a discount as it is', () => {
    expect(done([tea], 0)).toEqual([{ ...tea, sum: 100 }]);
  });

  it('takes amounts as texts and keeps what else a position has', () => {
    const [line] = done([{ price: '10.00', quantity: '1.000', vat_code: 'vat_22' }], '0.50');
    expect(line).toEqual({ price: 9.5, quantity: 1, sum: 9.5, vat_code: 'vat_22' });
  });

  it('takes nothing off a gift', () => {
    expect(done([tea, { ...tea, name: 'Gift', price: 0 }], 10)).toMatchObject([
      { sum: 90 },
      { name: 'Gift', sum: 0 },
    ]);
  });

  it('keeps each label with its piece', () => {
    expect(done([{ ...tea, labels: ['one', 'two'] }], '0.01')).toMatchObject([
      { price: 49.99, labels: ['one'] },
      { price: 50, labels: ['two'] },
    ]);
    expect(done([{ ...tea, quantity: 3, labels: ['of all'] }], '0.01')).toEqual([
      { name: 'Tea', price: 49.99, quantity: 1, sum: 49.99, labels: ['of all'] },
      { name: 'Tea', price: 50, quantity: 2, sum: 100 },
    ]);
  });

  it('tells what it can not read', () => {
    expect(allocateDiscount([{ price: '1,5', quantity: 0 }], 'ten')).toMatchObject({
      faults: [
        { code: 'amount.format', path: '$.discount' },
        { code: 'amount.format', path: '$.positions[0].price' },
        { code: 'quantity.range', path: '$.positions[0].quantity' },
      ],
    });
  });

  it('refuses a receipt of more positions than there may be', () => {
    const positions = Array.from({ length: 100 }, () => ({ price: 0.5, quantity: 2 }));
    expect(allocateDiscount(positions, '0.99')).toMatchObject({
      faults: [{ code: 'receipt.positions.count' }],
    });
  });
});
