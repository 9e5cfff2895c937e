import type { Fault } from '../errors/fault.js';
import { allocate } from '../money/allocate.js';
import { formatAmount } from '../money/amount.js';
import { quantityToNumber } from '../money/quantity.js';
import type { Receipt, ReceiptPosition } from '../receipt/receipt.js';
import { isCoded, labelsOf } from './position-lines.js';
import { type RefundPosition, refundRules } from './refund-of.js';
import { PartTaker, shareOf } from './take-part.js';
import { describeLeft, type Left, type LeftPosition, leftOf, type Taken, without } from './taken.js';

/** Closing receipt of a prepayment. */
export interface Closing {
  readonly receipt: Receipt;
  /** What it took of the prepayment, as `closingOf` returned it. */
  readonly taken: Taken;
  /** What refunds took of it. */
  readonly earlier?: readonly Taken[] | undefined;
}

/** Options of a refund of what was prepaid, wherever it is by now. */
export interface RefundsByOriginOptions {
  /** Positions of the prepayment; all that is left by default. */
  readonly positions?: readonly RefundPosition[] | undefined;
  /** All that was taken of the prepayment, closing receipts included. */
  readonly earlier?: readonly Taken[] | undefined;
  /** Closing receipts of the prepayment, the oldest first. */
  readonly closings?: readonly Closing[] | undefined;
}

/** Refund to make of one origin. */
export interface RefundOfOrigin {
  /** The prepayment, or the index of a closing receipt. */
  readonly origin: 'prepayment' | number;
  /** Positions to name in this refund; all that is left if absent. */
  readonly positions?: readonly RefundPosition[];
}

/** Refunds to make, or the faults that are in the way. */
export type RefundsByOrigin =
  | { readonly ok: true; readonly refunds: readonly RefundOfOrigin[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Says which receipts to refund, since money that was prepaid is given back by the receipt that has it: the
 * prepayment for what was not delivered, which comes first, and then the closing receipts, the newest first.
 */
export function refundsByOrigin(prepaid: Receipt, options: RefundsByOriginOptions = {}): RefundsByOrigin {
  const { positions, earlier = [], closings = [] } = options;
  const left = leftOf(prepaid, earlier);
  const reader = new PartTaker(prepaid, left, refundRules);
  const ofClosings = closings.map((closing) => leftOf(closing.receipt, closing.earlier));
  if (positions === undefined) return all(reader, left, ofClosings);
  if (positions.length === 0) reader.report('refund.zero', '$.positions');
  const sources = sourcesOf({ prepaid, left, closings, ofClosings });
  const taken = positions.flatMap((request, place) =>
    takenFrom(
      sources.filter(({ of }) => of === request.index),
      { request, path: `$.positions[${place}]`, reader },
    ),
  );
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };
  const origins = [...new Set(sources.map(({ origin }) => origin))];
  const refunds = origins.flatMap((origin) => {
    const parts = taken.filter((part) => part.origin === origin).map(({ position }) => position);
    return parts.length > 0 ? [{ origin, positions: parts }] : [];
  });
  return { ok: true, refunds };
}

function all(reader: PartTaker, left: Left, ofClosings: readonly Left[]): RefundsByOrigin {
  const refunds: RefundOfOrigin[] = left.totalMinor > 0 ? [{ origin: 'prepayment' }] : [];
  for (const [index, { totalMinor }] of [...ofClosings.entries()].reverse()) {
    if (totalMinor > 0) refunds.push({ origin: index });
  }
  if (refunds.length > 0) return { ok: true, refunds };
  reader.report('refund.exceeds-sale', '$.positions', 'nothing is left');
  return { ok: false, faults: reader.faults };
}

/** Place where a position of the prepayment is by now. */
interface Source {
  /** Index of the position in the prepayment. */
  readonly of: number;
  readonly origin: RefundOfOrigin['origin'];
  readonly position: ReceiptPosition;
  readonly isCoded: boolean;
  /** Shared by all positions that one line was paid from, as by two advances. */
  readonly line: { left: LeftPosition };
}

interface Receipts {
  readonly prepaid: Receipt;
  readonly left: Left;
  readonly closings: readonly Closing[];
  readonly ofClosings: readonly Left[];
}

/** Lists where each position is: not delivered yet, or in a closing receipt, the newest first. */
function sourcesOf({ prepaid, left, closings, ofClosings }: Receipts): Source[] {
  const ofPrepaid = left.totalMinor === 0 ? [] : left.positions;
  // Each position is among the sources, so that one that is gone is not called unknown.
  const sources = left.positions.flatMap(({ index }) =>
    sourceOf(prepaid, index, { origin: 'prepayment', line: { left: ofPrepaid[index] ?? noneOf(index) } }),
  );
  for (const [origin, { receipt, taken }] of [...closings.entries()].reverse()) {
    const ofClosing = ofClosings[origin];
    if (ofClosing === undefined || ofClosing.totalMinor === 0) continue;
    const lines = ofClosing.positions.map((left) => ({ left }));
    const seen = new Set<string>();
    for (const { index, line: place } of taken.positions) {
      const line = lines[place];
      if (line === undefined || seen.has(`${index} ${place}`)) continue;
      seen.add(`${index} ${place}`);
      sources.push(...sourceOf(receipt, index, { origin, line }));
    }
  }
  return sources;
}

function noneOf(index: number): LeftPosition {
  return { index, quantityThousandths: 0, sumMinor: 0, labels: [] };
}

function sourceOf(receipt: Receipt, of: number, place: Pick<Source, 'origin' | 'line'>): Source[] {
  const position = receipt.positions[place.line.left.index];
  if (position === undefined) return [];
  return [{ of, position, isCoded: isCoded(position) || labelsOf(position).length > 0, ...place }];
}

interface Requested {
  readonly request: RefundPosition;
  readonly path: string;
  readonly reader: PartTaker;
}

interface PlannedPart {
  readonly origin: Source['origin'];
  readonly position: RefundPosition;
}

/** Takes a part from the places where a position is, one after the other. */
function takenFrom(sources: readonly Source[], { request, path, reader }: Requested): PlannedPart[] {
  const thousandths = reader.readQuantity(request.quantity, `${path}.quantity`);
  const minor = reader.readAmount(request.sum, `${path}.sum`);
  if (sources.length === 0) reader.report('refund.position.unknown', `${path}.index`);
  if (sources.length === 0 || thousandths === null || minor === null) return [];
  const measure = thousandths === undefined ? 'sumMinor' : 'quantityThousandths';
  const some = sources.filter(({ line: { left } }) => left.sumMinor > 0 && left[measure] > 0);
  const before = describeLeft(some.map(({ line }) => line.left));
  let due = thousandths ?? minor ?? some.reduce((sum, { line }) => sum + line.left.sumMinor, 0);
  const cuts = some.map((source) => {
    const amount = Math.min(due, source.line.left[measure]);
    due -= amount;
    return { source, amount, isAll: amount === source.line.left[measure] };
  });
  if (due > 0 || some.length === 0) {
    const place = thousandths !== undefined ? 'quantity' : minor !== undefined ? 'sum' : 'index';
    reader.report('refund.exceeds-sale', `${path}.${place}`, before);
  }
  if (cuts.some(({ source, isAll }) => source.isCoded && !isAll) && cuts.some(isChosen))
    reader.report(
      'refund.position.codes',
      `${path}.index`,
      'refund the closing receipt by its own positions',
    );
  const chosen = cuts.filter(({ amount }) => amount > 0);
  if (thousandths === undefined)
    return chosen.map(({ source, amount: sumMinor, isAll }) => {
      const { index, quantityThousandths } = source.line.left;
      source.line.left = without(source.line.left, {
        quantityThousandths: isAll ? quantityThousandths : 0,
        sumMinor,
      });
      return {
        origin: source.origin,
        position: isAll ? { index } : { index, sum: formatAmount(sumMinor) },
      };
    });
  const sums = sumsOf(chosen, minor);
  if (sums === undefined) {
    reader.report('refund.exceeds-sale', `${path}.sum`, before);
    return [];
  }
  return chosen.map(({ source, amount: quantityThousandths, isAll }, place) => {
    const { index } = source.line.left;
    const sumMinor = sums[place] ?? 0;
    source.line.left = without(source.line.left, { quantityThousandths, sumMinor });
    const quantity = quantityToNumber(quantityThousandths);
    const said = minor === undefined ? { quantity } : { quantity, sum: formatAmount(sumMinor) };
    return { origin: source.origin, position: isAll && minor === undefined ? { index } : { index, ...said } };
  });
}

/**
 * Returns the sums of quantities from several places: those that they cost, or their parts of a sum that is
 * stated; `undefined` if it is more than is left there.
 */
function sumsOf(
  chosen: readonly { readonly source: Source; readonly amount: number }[],
  minor: number | undefined,
): number[] | undefined {
  const left = chosen.map(({ source }) => source.line.left.sumMinor);
  const costs = chosen.map(({ source, amount }) => shareOf(source.position, source.line.left, amount));
  const beyond = minor === undefined ? 0 : minor - costs.reduce((sum, cost) => sum + cost, 0);
  if (minor === undefined || beyond === 0) return costs;
  if (beyond < 0) return allocate(minor, costs);
  const spare = left.map((sum, place) => sum - (costs[place] ?? 0));
  if (beyond > spare.reduce((sum, more) => sum + more, 0)) return undefined;
  const more = allocate(beyond, spare);
  return costs.map((cost, place) => cost + (more[place] ?? 0));
}

/** Checks for coded pieces of a closing receipt that are among those to come back. */
function isChosen({ source, amount }: { source: Source; amount: number }): boolean {
  return source.isCoded && source.origin !== 'prepayment' && amount > 0;
}
