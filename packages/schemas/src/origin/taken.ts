import type { SettlementType } from '../enumerations/receipts.js';
import { formatAmount, parseAmount } from '../money/amount.js';
import { parseQuantity, quantityToNumber } from '../money/quantity.js';
import type { Receipt } from '../receipt/receipt.js';
import { labelsOf } from './position-lines.js';

/** Part of a position of an origin that a line of another receipt took. */
export interface TakenPosition {
  /** Index of the position in the origin, from 0. */
  readonly index: number;
  /** Index of the line in the receipt that took it. */
  readonly line: number;
  /** Quantity that came back or was delivered; 0 where only money was given back. */
  readonly quantityThousandths: number;
  /** Sum in minor units. */
  readonly sumMinor: number;
  /** Uzbek marking labels that went with it, where there is one a piece. */
  readonly labels?: readonly string[];
}

/** Money of one kind, in minor units. */
export interface TakenSettlement {
  readonly type: SettlementType;
  readonly sumMinor: number;
}

/**
 * What a refund or a closing receipt took of its origin: plain data, to be stored with the receipt that took
 * it. All that was taken of an origin is the list of these; whole numbers, so that a database can add them.
 */
export interface Taken {
  readonly positions: readonly TakenPosition[];
  /** Kinds of the origin's money that were given back, or used up by a delivery. */
  readonly settlements: readonly TakenSettlement[];
  /** Sum for which no position was found: it counts in total only. */
  readonly unmatchedMinor: number;
}

/** What is left of a position. */
export interface LeftPosition {
  readonly index: number;
  readonly quantityThousandths: number;
  readonly sumMinor: number;
  /** Uzbek marking labels that did not go yet. */
  readonly labels: readonly string[];
}

/** What is left of a receipt, by position and in total. */
export interface Left {
  readonly positions: readonly LeftPosition[];
  /** Less than the positions add up to where something was taken that no position was found for. */
  readonly totalMinor: number;
}

/**
 * Returns what is left of a sale or a prepayment after all that was taken of it; nothing is below zero. Throws
 * a `TypeError` if that is no plain data of whole numbers: to guess at it could refund more than the sale.
 */
export function leftOf(origin: Receipt, earlier: readonly Taken[] = []): Left {
  earlier.forEach(requireCounts);
  const positions = origin.positions.map((position, index) => ({
    index,
    quantityThousandths: parseQuantity(position.quantity),
    sumMinor: parseAmount(position.sum),
    labels: labelsOf(position),
  }));
  let totalMinor = parseAmount(origin.total);
  for (const { positions: taken, unmatchedMinor } of earlier) {
    totalMinor -= unmatchedMinor;
    for (const part of taken) {
      totalMinor -= part.sumMinor;
      const left = positions[part.index];
      if (left) positions[part.index] = without(left, part);
    }
  }
  return { positions, totalMinor: Math.max(0, totalMinor) };
}

/** Whether what a receipt takes is more than what is left, of a position or in total. */
export function exceeds(left: Left, { positions, unmatchedMinor }: Taken): boolean {
  let totalMinor = left.totalMinor - unmatchedMinor;
  const rest = left.positions.map((position) => ({ ...position }));
  for (const { index, sumMinor, quantityThousandths } of positions) {
    totalMinor -= sumMinor;
    const position = rest[index];
    if (position === undefined) return true;
    position.sumMinor -= sumMinor;
    position.quantityThousandths -= quantityThousandths;
    if (position.sumMinor < 0 || position.quantityThousandths < 0) return true;
  }
  return totalMinor < 0;
}

function requireCounts({ positions, settlements, unmatchedMinor }: Taken, place: number): void {
  const path = `earlier[${place}]`;
  requireCount(unmatchedMinor, `${path}.unmatchedMinor`);
  positions.forEach(({ index, quantityThousandths, sumMinor }, line) => {
    requireCount(index, `${path}.positions[${line}].index`);
    requireCount(quantityThousandths, `${path}.positions[${line}].quantityThousandths`);
    requireCount(sumMinor, `${path}.positions[${line}].sumMinor`);
  });
  requireSums(settlements, `${path}.settlements`);
}

/** Throws a `TypeError` if money is not counted in whole minor units of at least 0. */
export function requireSums(settlements: readonly TakenSettlement[], path: string): void {
  settlements.forEach(({ sumMinor }, place) => {
    requireCount(sumMinor, `${path}[${place}].sumMinor`);
  });
}

function requireCount(value: number, path: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new TypeError(`${path} is not a whole number of at least 0`);
}

/** Takes a part off what is left of a position. */
export function without(
  left: LeftPosition,
  {
    quantityThousandths,
    sumMinor,
    labels = [],
  }: Pick<TakenPosition, 'quantityThousandths' | 'sumMinor' | 'labels'>,
): LeftPosition {
  return {
    index: left.index,
    quantityThousandths: Math.max(0, left.quantityThousandths - quantityThousandths),
    sumMinor: Math.max(0, left.sumMinor - sumMinor),
    labels: labels.length === 0 ? left.labels : left.labels.filter((label) => !labels.includes(label)),
  };
}

const mostNamed = 10;

/** Says what is left, by position. */
export function describeLeft(positions: readonly LeftPosition[]): string {
  const some = positions.filter((left) => left.sumMinor > 0 || left.quantityThousandths > 0);
  if (some.length === 0) return 'nothing is left';
  const named = some
    .slice(0, mostNamed)
    .map(
      ({ index, quantityThousandths, sumMinor }) =>
        `${quantityToNumber(quantityThousandths)} for ${formatAmount(sumMinor)} of position ${index}`,
    );
  const unnamed = some.length - named.length;
  return `left are ${named.join(', ')}${unnamed > 0 ? ` and parts of ${unnamed} more` : ''}`;
}
