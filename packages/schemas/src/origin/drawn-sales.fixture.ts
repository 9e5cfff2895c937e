import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import { russianReceipt } from '../examples/receipts.js';
import type { Receipt } from '../receipt/receipt.js';
import { checkReceipt } from '../validation/check-receipt.js';
import type { DerivedReceipt } from './derive-receipt.js';
import type { RefundPosition } from './refund-of.js';
import type { LeftPosition } from './taken.js';

/** Runs of each property: 2,000 in the ordinary test run, or `PROPERTY_RUNS=100000`. */
export const propertyRuns = Number(process.env.PROPERTY_RUNS ?? 2_000);

/** Time for a property, on a machine that has other work. */
export const propertyTimeoutMs = 60_000 + propertyRuns * 60;

/** A part of a whole: doubles would be drawn close to zero. */
export const ratio = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);

export const price = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2_000_000 }));
const wholeQuantity = fc.integer({ min: 1, max: 20 }).map((pieces) => pieces * 1000);
export const quantity = fc.oneof(wholeQuantity, wholeQuantity, fc.integer({ min: 1, max: 99_999 }));

const drawnPosition = fc.record({
  price: fc.oneof({ weight: 12, arbitrary: price }, { weight: 1, arbitrary: fc.constant(0) }),
  quantity,
  vat: fc.nat(2),
  kind: fc.constantFrom('plain', 'plain', 'plain', 'coded', 'measured', 'labelled'),
  isTwin: fc.boolean(),
});

type Drawn = typeof drawnPosition extends fc.Arbitrary<infer T> ? T : never;

/** How a drawn sale is paid: on the spot, or before the delivery, when no mark code is known yet. */
const ways = {
  sale: { method: 'full_payment', ru: ['vat_22', 'vat_10', 'none'], uz: ['vat_12', 'vat_6', 'none'] },
  prepaid: {
    method: 'full_prepayment',
    ru: ['vat_122', 'vat_110', 'none'],
    uz: ['vat_112', 'vat_0', 'none'],
  },
};

type Way = keyof typeof ways;

function positionOf(
  { isTwin, ...drawn }: Drawn,
  index: number,
  { format, way }: { format: string; way: Way },
) {
  const kind = way === 'sale' ? drawn.kind : 'plain';
  const country = format === 'uz_1_0' ? 'uz' : 'ru';
  const common = {
    name: `Item ${isTwin ? 'twin' : index}`,
    price: drawn.price / 100,
    quantity: drawn.quantity / 1000,
    vat_code: ways[way][country][drawn.vat],
    payment_method: ways[way].method,
    payment_object: 'goods',
  };
  const code = { mark_code_raw: `0104600000000015215Code${index}` };
  if (format === 'ru_1_2' && kind === 'coded')
    return { ...common, quantity: 1, payment_object: 'marked', mark_code_type: code };
  if (format === 'ru_1_2' && kind === 'measured')
    return { ...common, measure: 'liter', payment_object: 'marked_excise', mark_code_type: code };
  if (country === 'ru') return common;
  const uzbek = { ...common, ikpu_code: '10999001001000000', package_code: '1520627' };
  const pieces = Math.ceil(drawn.quantity / 1000);
  if (kind === 'labelled') return { ...uzbek, quantity: pieces, labels: labelsFor(index, pieces) };
  return kind === 'measured' ? { ...uzbek, labels: labelsFor(index, 1) } : uzbek;
}

function labelsFor(index: number, pieces: number): string[] {
  return Array.from({ length: pieces }, (_, piece) => `label-${index}-${piece}`);
}

/** Splits a total into parts at cuts between 0 and 1. */
function settlementsOf(total: Decimal, cuts: readonly [string, number][]) {
  let left = total;
  const parts = cuts.map(([type, cut], index) => {
    const isLast = index === cuts.length - 1;
    const sum = isLast ? left : left.times(cut).toDecimalPlaces(2, Decimal.ROUND_DOWN);
    left = left.minus(sum);
    return { type, sum: sum.toFixed(2) };
  });
  return parts.filter(({ sum }) => Number(sum) > 0);
}

function cutsOf(types: readonly string[]) {
  return fc
    .shuffledSubarray([...types], { minLength: 1 })
    .chain((drawn) => fc.tuple(...drawn.map((type) => fc.tuple(fc.constant(type), ratio))));
}

const money = ['cash', 'cashless', 'consideration'];

const parties = {
  ru: { customer: { email: 'buyer@example.com' }, company: { inn: '5544332219', tax_system: 'osn' } },
  uz: { company: { inn: '123456789' } },
};

/** Draws sales of all formats: pieces and weights, marked and plain, gifts, items of one name, mixed money. */
export const drawnSale = drawnReceipt('sale');

/** Draws the same, prepaid and without mark codes. */
export const drawnPrepaid = drawnReceipt('prepaid');

function drawnReceipt(way: Way): fc.Arbitrary<Receipt> {
  return fc
    .record({
      format: fc.constantFrom('ru_1_05', 'ru_1_2', 'uz_1_0'),
      positions: fc.array(drawnPosition, { minLength: 1, maxLength: 6 }),
      cuts: cutsOf(way === 'sale' ? [...money, 'postpayment'] : money),
    })
    .map(({ format, positions: drawn, cuts: ratios }) => {
      const positions = drawn.map((position, index) => positionOf(position, index, { format, way }));
      return {
        receipt_format: format,
        ...parties[format === 'uz_1_0' ? 'uz' : 'ru'],
        merchant_id: '542088',
        payment_id: '764239789',
        operation_type: 'sell',
        positions,
        settlements: settlementsOf(Decimal.sum(...positions.map(sumOf)), ratios),
      };
    })
    .filter(({ settlements }) => settlements.length > 0)
    .map((document) => receiptOf(document));
}

/** Draws which part of which position is taken. */
export const drawnPart = fc.record({
  pick: fc.nat(),
  kind: fc.constantFrom('quantity', 'quantity', 'sum', 'sum', 'both', 'rest'),
  ratio,
});

/** Writes a drawn part of what is left of a position as a request that can be met. */
export function requestFor(
  origin: Receipt,
  left: LeftPosition,
  { kind, ratio: share }: typeof drawnPart extends fc.Arbitrary<infer T> ? T : never,
): RefundPosition {
  const { index, quantityThousandths, sumMinor } = left;
  const position = origin.positions[index] as Receipt['positions'][number];
  const isCoded = 'mark_code_type' in position && position.mark_code_type !== undefined;
  const step = quantityThousandths % 1000 === 0 ? 1000 : 1;
  const some = Math.max(step, Math.ceil((share * quantityThousandths) / step) * step);
  const quantity = (isCoded && position.measure === 'piece' ? quantityThousandths : some) / 1000;
  const sum = Math.max(1, Math.floor(share * sumMinor)) / 100;
  const labels = 'labels' in position ? (position.labels ?? []) : [];
  const named =
    labels.length > 0 && labels.length === position.quantity
      ? { labels: left.labels.slice(0, quantity) }
      : {};
  if (kind === 'rest' || (kind !== 'sum' && quantityThousandths === 0)) return { index };
  if (kind === 'sum') return { index, sum };
  return kind === 'both' ? { index, quantity, sum, ...named } : { index, quantity, ...named };
}

/** Returns a derived receipt that has no faults. */
export function done(derived: DerivedReceipt): Extract<DerivedReceipt, { ok: true }> {
  if (!derived.ok) throw new Error(JSON.stringify(derived.faults));
  return derived;
}

/** Returns price × quantity by an arithmetic that is not ours. */
export function sumOf({ price: of, quantity: times }: { price: number; quantity: number }): Decimal {
  return new Decimal(of).times(times).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** Checks a document and returns the receipt. */
export function receiptOf(document: unknown, now = new Date('2026-11-30T09:00:00Z')): Receipt {
  const checked = checkReceipt(document, { now });
  if (!checked.ok) throw new Error(JSON.stringify({ document, faults: checked.faults }));
  return checked.receipt;
}

/** Expects a sound receipt whose sums are price × quantity, add up and are settled; no code comes twice. */
export function expectSound(receipt: Receipt): void {
  expect(checkReceipt(receipt, { now: new Date('2026-11-30T09:00:00Z') })).toMatchObject({ ok: true });
  for (const position of receipt.positions) {
    expect(sumOf(position).toNumber()).toBe(position.sum);
    // Whole pieces are exact without any rounding.
    if (Number.isInteger(position.quantity))
      expect(new Decimal(position.price).times(position.quantity).toNumber()).toBe(position.sum);
  }
  expect(Decimal.sum(...receipt.positions.map(({ sum }) => sum)).toNumber()).toBe(receipt.total);
  expect(Decimal.sum(...receipt.settlements.map(({ sum }) => sum)).toNumber()).toBe(receipt.total);
  const codes = receipt.positions.flatMap((position) => {
    if ('labels' in position) return position.labels ?? [];
    const isPiece = 'mark_code_type' in position && position.mark_code_type && position.measure === 'piece';
    return isPiece ? [JSON.stringify(position.mark_code_type)] : [];
  });
  expect(new Set(codes).size).toBe(codes.length);
}

/** Adds sums in minor units up under a name each. */
export function addUpBy<Name>(entries: Iterable<readonly [Name, number]>): Map<Name, number> {
  const sums = new Map<Name, number>();
  for (const [name, minor] of entries) sums.set(name, (sums.get(name) ?? 0) + minor);
  return sums;
}

/** Returns an amount in minor units, by an arithmetic that is not ours. */
export function minorOf(amount: number): number {
  return new Decimal(amount).times(100).toNumber();
}

/** Returns the documented sale as a prepayment, at the calculated rate. */
export function prepaidAs(method: string, changes: object = {}): Receipt {
  const prepaid = { vat_code: 'vat_122', payment_method: method, ...changes };
  const positions = russianReceipt.positions.map((position) => ({ ...position, ...prepaid }));
  return receiptOf({ ...russianReceipt, positions });
}
