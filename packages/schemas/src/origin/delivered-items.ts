import { isPrepaid } from '../enumerations/positions.js';
import { amountToNumber, formatAmount, multiplyAmount } from '../money/amount.js';
import type { MarkedPositionInput, UzbekPositionInput } from '../receipt/fiscal-receipt.js';
import type { PositionDraft } from '../receipt/receipt.js';
import { isAbsentMember } from '../schema/absent-members.js';
import { deliveredMethod, deliveredVat, isSameRate, markedObject } from './delivered-position.js';
import { hasLabelPerPiece, labelsOf, type PositionLine, writeLines } from './position-lines.js';
import type { Part, PartRequest, PartTaker } from './take-part.js';
import type { TakenPosition } from './taken.js';

type GoodsInput = Omit<MarkedPositionInput, 'payment_method' | 'price' | 'quantity' | 'sum'> &
  Omit<UzbekPositionInput, keyof MarkedPositionInput | 'labels'>;

type Goods = { readonly [Name in keyof GoodsInput]?: GoodsInput[Name] | undefined };

/**
 * Position that is delivered: one of the prepayment by its index, in a part or whole, with what is known only
 * now, such as its mark code; or, paid from an advance, a whole position without an index.
 */
export interface ClosingPosition extends Goods, Partial<Pick<PartRequest, 'quantity' | 'sum' | 'labels'>> {
  /** Index of the position in the prepayment, from 0. */
  readonly index?: number | undefined;
  /** Full price of a unit, where the prepayment was a part of it. */
  readonly price?: number | string | undefined;
}

/** Position that is delivered, before it is written. */
export interface Item {
  readonly path: string;
  /** Prepaid position, with what was said of the delivery. */
  readonly position: PositionDraft;
  /** Quantity to write. */
  readonly quantityThousandths: number;
  /** Full price, in minor units. */
  sumMinor: number;
  /** What of it was prepaid, by position of the prepayment. */
  readonly takes: readonly Omit<TakenPosition, 'line'>[];
  /** True for a partial prepayment whose full price nobody has said. */
  readonly isPartOfPrice: boolean;
  readonly withoutEmpty: boolean;
}

/** What all lines of a delivery share. */
export interface Delivery {
  readonly day: Date;
  readonly owedMinor: number;
  readonly restMinor: number;
}

/** Reads what is delivered: the positions that are named, or all that is left of those that were prepaid. */
export function deliveredItems(taker: PartTaker, positions: readonly ClosingPosition[] | undefined): Item[] {
  if (positions === undefined) return allLeft(taker);
  if (positions.length === 0) taker.report('closing.zero', '$.positions');
  return positions.flatMap((request, index) => {
    const path = `$.positions[${index}]`;
    if (request.payment_object === 'payment')
      taker.report('closing.payment-object', `${path}.payment_object`);
    return itemOf(taker, request, path) ?? [];
  });
}

function allLeft(taker: PartTaker): Item[] {
  const some = taker.left.filter(
    ({ index, sumMinor }) => sumMinor > 0 && isPrepaid(taker.origin.positions[index]?.payment_method),
  );
  if (some.length === 0) taker.report('closing.exceeds-prepaid', '$.positions', 'nothing is left');
  if (some.some(({ index }) => isAdvance(taker, index))) {
    taker.report('closing.positions.required', '$.positions');
    return [];
  }
  return some.flatMap(({ index }, place) => itemOf(taker, { index }, `$.positions[${place}]`) ?? []);
}

function isAdvance(taker: PartTaker, index: number): boolean {
  return taker.origin.positions[index]?.payment_method === 'advance';
}

function itemOf(taker: PartTaker, request: ClosingPosition, path: string): Item | undefined {
  const { index } = request;
  const position = index === undefined ? undefined : taker.origin.positions[index];
  if (index === undefined || (position && isAdvance(taker, index))) return advanceItem(taker, request, path);
  if (position && !isPrepaid(position.payment_method))
    return taker.report('closing.not-prepaid', `${path}.index`, `position ${index} was paid when delivered`);
  const { quantity, sum } = request;
  const ofPrepaid = labelsOf(position ?? {}).length > 0;
  const labels = ofPrepaid ? request.labels : undefined;
  const part = taker.take({ index, quantity, sum, labels }, path);
  const priceMinor = taker.readAmount(request.price, `${path}.price`);
  if (part === undefined || priceMinor === null) return undefined;
  const sumMinor =
    priceMinor === undefined ? part.sumMinor : multiplyAmount(priceMinor, part.writtenThousandths);
  const prepaidMinor = Math.min(part.sumMinor, sumMinor);
  return {
    path,
    position: {
      ...withSaid(part.position, request),
      ...(priceMinor !== undefined && { price: amountToNumber(priceMinor) }),
      ...(ofPrepaid && { labels: [...part.labels] }),
    },
    quantityThousandths: part.writtenThousandths,
    sumMinor,
    takes: [{ ...takenOf(part), sumMinor: prepaidMinor }],
    isPartOfPrice: priceMinor === undefined && part.position.payment_method === 'partial_prepayment',
    withoutEmpty: part.quantityThousandths === 0,
  };
}

/** Reads a whole position that is paid from an advance, as far as that goes. */
function advanceItem(taker: PartTaker, request: ClosingPosition, path: string): Item | undefined {
  const priceMinor = taker.readAmount(request.price, `${path}.price`);
  const quantityThousandths = taker.readQuantity(request.quantity, `${path}.quantity`);
  if (priceMinor === undefined) taker.report('field.missing', `${path}.price`);
  if (quantityThousandths === undefined) taker.report('field.missing', `${path}.quantity`);
  if (!priceMinor || !quantityThousandths) return undefined;
  const sumMinor = multiplyAmount(priceMinor, quantityThousandths);
  const from = taker.left.filter(
    ({ index }) => isAdvance(taker, index) && (request.index === undefined || request.index === index),
  );
  if (from.length === 0) return taker.report('closing.position.unknown', `${path}.index`);
  let due = sumMinor;
  const takes = from.flatMap(({ index, sumMinor: left }) => {
    const sum = Math.min(due, left);
    due -= sum;
    const part = sum === 0 ? undefined : taker.take({ index, sum: formatAmount(sum) }, path);
    return part ? [takenOf(part)] : [];
  });
  const position = withSaid({ price: amountToNumber(priceMinor) }, request);
  return { path, position, quantityThousandths, sumMinor, takes, isPartOfPrice: false, withoutEmpty: false };
}

/** Returns what a part takes of its position. */
function takenOf({
  index,
  position,
  quantityThousandths,
  sumMinor,
  labels,
}: Part): Omit<TakenPosition, 'line'> {
  const isGone = quantityThousandths > 0 && hasLabelPerPiece(position);
  return { index, quantityThousandths, sumMinor, ...(isGone && { labels }) };
}

const notOfPosition = ['index', 'quantity', 'sum', 'price'];

/** Returns a prepaid position with the members that were said of the delivery. */
function withSaid(prepaid: PositionDraft, request: ClosingPosition): PositionDraft {
  const said = Object.entries(request).filter(
    ([name, value]) => !(notOfPosition.includes(name) || isAbsentMember(value)),
  );
  return { ...prepaid, ...Object.fromEntries(said) };
}

/** Writes a delivered position in lines. */
export function linesOf(item: Item, delivery: Delivery, taker: PartTaker): PositionLine<PositionDraft>[] {
  const { position, sumMinor, quantityThousandths, withoutEmpty, path } = item;
  const prepaidMinor = item.takes.reduce((sum, take) => sum + take.sumMinor, 0);
  const object = objectOf(position, taker, path);
  const delivered = {
    ...position,
    price: position.price ?? 0,
    quantity: 1,
    payment_method: deliveredMethod({ ...delivery, sumMinor, prepaidMinor }),
    ...(object !== undefined && { payment_object: object }),
  };
  if (position.vat_code !== undefined) {
    delivered.vat_code = deliveredVat(position.vat_code, taker.origin, delivery.day);
    if (!isSameRate(position.vat_code, delivered.vat_code)) {
      const detail = `${delivered.vat_code} for ${position.vat_code}`;
      taker.report('closing.vat.changed', `${path}.vat_code`, detail);
    }
  }
  const writing = { sumMinor, quantityThousandths, withoutEmpty };
  return writeLines(delivered, writing);
}

/** Returns what is delivered: goods where only a payment is known, marked ones where they have a code. */
function objectOf(
  { payment_object: object, mark_code_type: code }: PositionDraft,
  taker: PartTaker,
  path: string,
) {
  // The Uzbek register has no payment object.
  if (object === undefined && taker.origin.receipt_format === 'uz_1_0') return undefined;
  const isKnown = object !== undefined && object !== 'payment';
  if (!isKnown) taker.report('closing.payment-object.assumed', `${path}.payment_object`);
  const delivered = isKnown ? object : 'goods';
  return code === undefined ? delivered : markedObject(delivered);
}
