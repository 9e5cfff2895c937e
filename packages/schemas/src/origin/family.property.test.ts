import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Receipt } from '../receipt/receipt.js';
import { closingOf } from './closing-of.js';
import {
  addUpBy,
  done,
  drawnPart,
  drawnPrepaid,
  expectSound,
  minorOf,
  propertyRuns,
  propertyTimeoutMs,
  requestFor,
} from './drawn-sales.fixture.js';
import { type RefundPosition, refundOf } from './refund-of.js';
import { type Closing, refundsByOrigin } from './refunds-by-origin.js';
import { leftOf, type Taken } from './taken.js';

const deliveredOn = '2026-11-30';

interface Family {
  readonly prepaid: Receipt;
  readonly earlier: Taken[];
  readonly closings: (Closing & { earlier: Taken[] })[];
  readonly refunds: Receipt[];
}

/** Makes the refunds that are planned; returns their sum in minor units. */
function refundAll(family: Family, positions?: readonly RefundPosition[]): number {
  const { prepaid, earlier, closings, refunds } = family;
  const planned = refundsByOrigin(prepaid, { positions, earlier, closings });
  if (!planned.ok) throw new Error(JSON.stringify(planned.faults));
  let sum = 0;
  for (const { origin, positions: parts } of planned.refunds) {
    const closing = origin === 'prepayment' ? undefined : closings[origin];
    const prepaidBy = closing?.taken.settlements;
    const refund = closing
      ? refundOf(closing.receipt, { positions: parts, earlier: closing.earlier, prepaidBy })
      : refundOf(prepaid, { positions: parts, earlier });
    // A quantity may cost less than half a minor unit: then there is nothing to give back.
    if (!refund.ok && parts && refund.faults.every(({ code }) => code === 'refund.zero')) continue;
    const { receipt, taken } = done(refund);
    expectSound(receipt);
    (closing?.earlier ?? earlier).push(taken);
    refunds.push(receipt);
    sum += minorOf(receipt.total);
  }
  return sum;
}

const drawnSteps = fc.array(
  fc.record({ act: fc.constantFrom('close', 'close', 'refund'), part: drawnPart }),
  {
    maxLength: 6,
  },
);

it(
  'deliveries and refunds of a prepayment add up to it, and all of it can be given back',
  () => {
    fc.assert(
      fc.property(drawnPrepaid, drawnSteps, (prepaid, steps) => {
        const family: Family = { prepaid, earlier: [], closings: [], refunds: [] };
        const { earlier, closings, refunds } = family;
        for (const { act, part } of steps) {
          const left = leftOf(prepaid, earlier).positions.filter(({ sumMinor }) => sumMinor > 0);
          const place = left[part.pick % Math.max(1, left.length)];
          if (place === undefined) break;
          const request = requestFor(prepaid, place, part);
          if (act === 'refund') {
            const isGone = refundAll(family, [request]) === 0;
            if (isGone) continue;
          } else {
            const closing = closingOf(prepaid, { positions: [request], earlier, deliveredOn });
            if (
              !closing.ok &&
              closing.faults.every(
                ({ code }) => code === 'closing.exceeds-prepaid' || code === 'closing.zero',
              )
            )
              continue;
            const { receipt, taken } = done(closing);
            expectSound(receipt);
            expect(receipt.settlements).toEqual([{ type: 'prepayment', sum: receipt.total }]);
            for (const position of receipt.positions) {
              expect(position).toMatchObject({ payment_method: 'full_payment', payment_object: 'goods' });
              expect(['vat_22', 'vat_10', 'vat_12', 'vat_0', 'none']).toContain(position.vat_code);
            }
            earlier.push(taken);
            closings.push({ receipt, taken, earlier: [] });
          }
          const more = {
            index: place.index,
            sum: (leftOf(prepaid, earlier).positions[place.index]?.sumMinor ?? 0) / 100 + 0.01,
          };
          expect(
            closingOf(prepaid, { positions: [{ ...more, sum: more.sum.toFixed(2) }], earlier, deliveredOn }),
          ).toMatchObject({
            ok: false,
            faults: [{ code: 'closing.exceeds-prepaid' }],
          });
        }
        const used = addUpBy(
          earlier.flatMap(({ settlements }) =>
            settlements.map(({ type, sumMinor }) => [type, sumMinor] as const),
          ),
        );
        for (const { type, sum } of prepaid.settlements)
          expect(used.get(type) ?? 0).toBeLessThanOrEqual(minorOf(sum));

        const given = refunds.reduce((sum, { total }) => sum + minorOf(total), 0);
        if (given < minorOf(prepaid.total)) refundAll(family);
        expect(refundsByOrigin(prepaid, { earlier, closings })).toMatchObject({
          faults: [{ code: 'refund.exceeds-sale' }],
        });
        const kindsOf = (receipts: readonly Receipt[]) =>
          addUpBy(
            receipts.flatMap(({ settlements }) =>
              settlements.map(({ type, sum }) => [type, minorOf(sum)] as const),
            ),
          );
        expect(kindsOf(refunds)).toEqual(kindsOf([prepaid]));
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

it(
  'a part is taken from what was not delivered first, then from the newest closing receipt',
  () => {
    fc.assert(
      fc.property(
        drawnPrepaid,
        fc.array(drawnPart, { maxLength: 3 }),
        drawnPart,
        (prepaid, delivered, wanted) => {
          const family: Family = { prepaid, earlier: [], closings: [], refunds: [] };
          const { earlier, closings } = family;
          for (const part of delivered) {
            const place = leftOf(prepaid, earlier).positions[0];
            if (place === undefined || place.sumMinor === 0) break;
            const closing = closingOf(prepaid, {
              positions: [requestFor(prepaid, place, part)],
              earlier,
              deliveredOn,
            });
            if (!closing.ok) continue;
            earlier.push(closing.taken);
            closings.push({ receipt: closing.receipt, taken: closing.taken, earlier: [] });
          }
          const whole = minorOf(prepaid.positions[0]?.sum ?? 0);
          fc.pre(whole > 0);
          const sumMinor = Math.max(1, Math.floor(whole * wanted.ratio));
          expect(refundAll(family, [{ index: 0, sum: (sumMinor / 100).toFixed(2) }])).toBe(sumMinor);
          const over = (whole - sumMinor + 1) / 100;
          const more = refundsByOrigin(prepaid, {
            positions: [{ index: 0, sum: over.toFixed(2) }],
            earlier,
            closings,
          });
          expect(more).toMatchObject({
            faults: [{ code: 'refund.exceeds-sale', path: '$.positions[0].sum' }],
          });
        },
      ),
      { numRuns: Math.ceil(propertyRuns / 4) },
    );
  },
  propertyTimeoutMs,
);
