import { describe, expect, it } from 'vitest';
import type { Receipt } from '../receipt/receipt.js';
import { type ClosingOptions, closingOf } from './closing-of.js';
import { done, prepaidAs } from './drawn-sales.fixture.js';
import { refundOf } from './refund-of.js';
import { refundsByOrigin } from './refunds-by-origin.js';
import type { Taken } from './taken.js';

const prepaid = prepaidAs('full_prepayment');
const mark = (serial: string) => ({ mark_code_raw: `0104600000000015215${serial}` });

/** Money that is given back for a piece that stays. */
const less = { index: 0, sum: 20 };

/** Delivers a prepayment in parts. */
function delivered(origin: Receipt, deliveries: readonly ClosingOptions[]) {
  const earlier: Taken[] = [];
  const closings = deliveries.map((options) => {
    const { receipt, taken } = done(closingOf(origin, { ...options, earlier }));
    earlier.push(taken);
    return { receipt, taken };
  });
  return { earlier, closings };
}

describe('refundsByOrigin', () => {
  it('refunds what was not delivered first, then the newest closing receipt', () => {
    const family = delivered(prepaid, [
      { positions: [{ index: 1 }] },
      { positions: [{ index: 0, quantity: 1 }] },
    ]);
    expect(refundsByOrigin(prepaid, family)).toEqual({
      ok: true,
      refunds: [{ origin: 'prepayment' }, { origin: 1 }, { origin: 0 }],
    });
    const positions = [{ index: 0, sum: '70.00' }, { index: 1 }];
    expect(refundsByOrigin(prepaid, { ...family, positions })).toEqual({
      ok: true,
      refunds: [
        { origin: 'prepayment', positions: [{ index: 0 }] },
        { origin: 1, positions: [{ index: 0, sum: '20.00' }] },
        { origin: 0, positions: [{ index: 0 }] },
      ],
    });
    const both = refundsByOrigin(prepaid, { ...family, positions: [{ index: 0, quantity: 2, sum: 90 }] });
    expect(both).toMatchObject({
      refunds: [
        { origin: 'prepayment', positions: [{ index: 0, quantity: 1, sum: '45.00' }] },
        { origin: 1, positions: [{ index: 0, quantity: 1, sum: '45.00' }] },
      ],
    });
  });

  it.each([
    ['refund.position.unknown', '$.positions[0].index', { index: 2 }],
    ['refund.exceeds-sale', '$.positions[0].quantity', { index: 0, quantity: 3 }],
    ['refund.exceeds-sale', '$.positions[0].sum', { index: 0, sum: 100.01 }],
    ['refund.zero', '$.positions[0].quantity', { index: 0, quantity: 0 }],
    ['amount.format', '$.positions[0].sum', { index: 0, sum: 'all' }],
  ])('refuses with %s at %s', (code, path, position) => {
    const family = delivered(prepaid, [{ positions: [{ index: 0, quantity: 1 }] }]);
    const planned = refundsByOrigin(prepaid, { ...family, positions: [position] });
    expect(planned).toMatchObject({ ok: false, faults: [{ code, path }] });
  });

  it('counts what a quantity costs before it plans the next part of the same position', () => {
    const planFor = (sum: string) =>
      refundsByOrigin(prepaid, {
        positions: [
          { index: 0, quantity: 1 },
          { index: 0, sum },
        ],
      });
    expect(planFor('50.01')).toMatchObject({
      ok: false,
      faults: [{ code: 'refund.exceeds-sale', path: '$.positions[1].sum' }],
    });
    expect(planFor('50.00')).toEqual({
      ok: true,
      refunds: [{ origin: 'prepayment', positions: [{ index: 0, quantity: 1 }, { index: 0 }] }],
    });
  });

  it('plans no sum for a quantity beyond what is left of it', () => {
    const family = delivered(prepaid, [{ positions: [{ index: 0, quantity: 1 }] }]);
    const earlier = [...family.earlier, done(refundOf(prepaid, { ...family, positions: [less] })).taken];
    const planFor = (quantity: number, sum: number) =>
      refundsByOrigin(prepaid, { ...family, earlier, positions: [{ index: 0, quantity, sum }] });
    expect(planFor(1, 30.01)).toMatchObject({
      ok: false,
      faults: [{ code: 'refund.exceeds-sale', path: '$.positions[0].sum' }],
    });
    expect(planFor(2, 80)).toMatchObject({
      refunds: [
        { origin: 'prepayment', positions: [{ index: 0, quantity: 1, sum: '30.00' }] },
        { origin: 0, positions: [{ index: 0, quantity: 1, sum: '50.00' }] },
      ],
    });
  });

  it('refuses when nothing is named or left', () => {
    expect(refundsByOrigin(prepaid, { positions: [] })).toMatchObject({ faults: [{ code: 'refund.zero' }] });
    const { earlier, closings } = delivered(prepaid, [{}]);
    const refunded = closings.map((closing) => ({
      ...closing,
      earlier: [{ ...closing.taken, positions: [], unmatchedMinor: 20_000 }],
    }));
    expect(refundsByOrigin(prepaid, { earlier, closings: refunded })).toMatchObject({
      faults: [{ code: 'refund.exceeds-sale', path: '$.positions' }],
    });
    expect(
      refundsByOrigin(prepaid, { earlier, closings: refunded, positions: [{ index: 0 }] }),
    ).toMatchObject({
      faults: [{ code: 'refund.exceeds-sale' }],
    });
  });

  it('asks a line that two advances paid for once', () => {
    const advance = prepaidAs('advance', { payment_object: 'payment' });
    const sofa = {
      name: 'Sofa',
      price: 150,
      quantity: 1,
      vat_code: 'vat_22',
      payment_object: 'goods',
    } as const;
    const family = delivered(advance, [{ positions: [sofa] }]);
    const positions = [{ index: 0 }, { index: 1 }];
    expect(refundsByOrigin(advance, { ...family, positions })).toEqual({
      ok: true,
      refunds: [
        { origin: 'prepayment', positions: [{ index: 1 }] },
        { origin: 0, positions: [{ index: 0 }] },
      ],
    });
  });

  it('does not guess which coded piece comes back', () => {
    const positions = ['one', 'two'].map((serial) => ({
      index: 0,
      quantity: 1,
      mark_code_type: mark(serial),
    }));
    const family = delivered(prepaid, [{ positions, format: 'ru_1_2' }]);
    expect(refundsByOrigin(prepaid, { ...family, positions: [{ index: 0, quantity: 1 }] })).toMatchObject({
      faults: [{ code: 'refund.position.codes', path: '$.positions[0].index' }],
    });
    expect(refundsByOrigin(prepaid, { ...family, positions: [{ index: 0, quantity: 2 }] })).toMatchObject({
      refunds: [{ origin: 0, positions: [{ index: 0 }, { index: 1 }] }],
    });
  });
});
