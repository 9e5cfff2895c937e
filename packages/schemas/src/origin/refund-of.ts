import type { OperationType } from '../enumerations/receipts.js';
import { formatAmount } from '../money/amount.js';
import { quantityToNumber } from '../money/quantity.js';
import type { Receipt, ReceiptPosition } from '../receipt/receipt.js';
import { faultOf } from '../rules/rules.js';
import {
  byKind,
  countedSettlements,
  type DerivedReceipt,
  type DeriveOptions,
  deriveReceipt,
  refused,
  type SettlementInput,
  shareByKind,
  takenLines,
  writtenSettlements,
} from './derive-receipt.js';
import { writeLines } from './position-lines.js';
import { type Part, type PartRequest, PartTaker, type TakingRules } from './take-part.js';
import { describeLeft, leftOf, requireSums, type Taken, type TakenSettlement } from './taken.js';

/** Position of a sale that is refunded: by quantity, by sum, by both, or all that is left of it. */
export type RefundPosition = PartRequest;

/** Options of a refund. */
export interface RefundOptions extends DeriveOptions {
  /** Positions of the sale; all that is left by default. */
  readonly positions?: readonly RefundPosition[] | undefined;
  /** How the money goes back; the way it came by default. */
  readonly settlements?: readonly SettlementInput[] | undefined;
  /**
   * Money that the sale's `prepayment` stands for, where the sale is a closing receipt: the `settlements` of
   * what it took of its prepayment.
   */
  readonly prepaidBy?: readonly TakenSettlement[] | undefined;
}

const refunds: Readonly<Partial<Record<OperationType, OperationType>>> = {
  sell: 'sell_refund',
  buy: 'buy_refund',
};

/** Rules for taking a part of a sale. */
export const refundRules: TakingRules = {
  exceeds: 'refund.exceeds-sale',
  zero: 'refund.zero',
  unknown: 'refund.position.unknown',
  split: 'refund.position.split',
  codes: 'refund.position.codes',
  mark: 'refund.position.mark',
};

/**
 * Builds the refund of a registered sale: of all that earlier refunds left, or of the positions named. Names,
 * VAT, marking, agents, contacts and the company are the sale's; money goes back by the kinds that it came
 * by, each by what is left of it. Never more than the sale: over any number of refunds the sums of each
 * position add up to the sale's, to the minor unit. A sum without a quantity lowers the price of what the
 * buyer keeps: the quantity stays, the price is changed
 * (https://yookassa.ru/docs/support/merchant/payments/refunds/refunds-54fz).
 */
export function refundOf(sale: Receipt, options: RefundOptions = {}): DerivedReceipt {
  const operation = refunds[sale.operation_type];
  if (operation === undefined)
    return refused([faultOf('refund.of-refund', '$.operation_type', sale.operation_type)]);
  const { earlier = [] } = options;
  const left = leftOf(sale, earlier);
  const taker = new PartTaker(sale, left, refundRules);
  const parts = options.positions ? named(taker, options.positions) : allLeft(taker, left.totalMinor);
  const total = parts.reduce((sum, { sumMinor }) => sum + sumMinor, 0);
  if (taker.faults.length === 0 && total > left.totalMinor) {
    const detail = `${formatAmount(left.totalMinor)} is left in total`;
    taker.report('refund.exceeds-sale', '$.positions', detail);
  }
  if (taker.faults.length === 0 && total === 0) taker.report('refund.zero', '$.positions');
  const settlements = options.settlements ?? wayBack(sale, total, options);
  if (settlements === undefined) taker.report('refund.prepayment.unknown', '$.settlements');
  if (taker.faults.length > 0 || settlements === undefined) return refused(taker.faults, taker.warnings);
  const lined = parts.map((part) => ({ ...part, lines: linesOf(part) }));
  return deriveReceipt(
    {
      origin: sale,
      operation,
      positions: lined.flatMap(({ lines }) => lines),
      settlements,
      warnings: taker.warnings,
      taken: (receipt): Taken => ({
        positions: takenLines(lined),
        settlements: countedSettlements(receipt.settlements),
        unmatchedMinor: 0,
      }),
    },
    options,
  );
}

function named(taker: PartTaker, positions: readonly RefundPosition[]): Part[] {
  if (positions.length === 0) taker.report('refund.zero', '$.positions');
  return positions.flatMap((request, index) => taker.take(request, `$.positions[${index}]`) ?? []);
}

/**
 * Takes all that is left. Where something went that no position was found for, it must be of the only one that
 * has anything left; of more than one, the caller names them.
 */
function allLeft(taker: PartTaker, totalMinor: number): Part[] {
  const some = taker.left.filter(({ sumMinor }) => sumMinor > 0);
  const sum = some.reduce((all, { sumMinor }) => all + sumMinor, 0);
  const [first] = some;
  if (first === undefined || totalMinor === 0) {
    taker.report('refund.exceeds-sale', '$.positions', 'nothing is left');
    return [];
  }
  if (sum > totalMinor && some.length > 1) {
    const detail = `${formatAmount(totalMinor)} is left in total; ${describeLeft(some)}`;
    taker.report('refund.positions.required', '$.positions', detail);
    return [];
  }
  // What cost nothing comes back with the rest.
  const free = taker.left.filter((left) => left.quantityThousandths > 0 && isFree(taker, left.index));
  const all = [...some, ...free].sort((one, other) => one.index - other.index);
  return all.flatMap(({ index }) => {
    const quantity = quantityToNumber(first.quantityThousandths) || undefined;
    const isCut = sum > totalMinor && index === first.index;
    const request = isCut ? { index, quantity, sum: formatAmount(totalMinor) } : { index };
    return taker.take(request, `$.positions[${index}]`) ?? [];
  });
}

function isFree(taker: PartTaker, index: number): boolean {
  return taker.origin.positions[index]?.sum === 0;
}

/** Writes the part of a position as lines of the refund. */
function linesOf({ position, sumMinor, quantityThousandths, writtenThousandths, labels }: Part) {
  return writeLines<ReceiptPosition>(position, {
    sumMinor,
    quantityThousandths: writtenThousandths,
    labels,
    withoutEmpty: quantityThousandths === 0,
  });
}

/**
 * Shares the money over the kinds that the sale was paid by; a closing receipt was paid by the money behind
 * its prepayment. `undefined` if that is unknown.
 */
function wayBack(
  sale: Receipt,
  total: number,
  { earlier = [], prepaidBy }: RefundOptions,
): Receipt['settlements'] | undefined {
  const kinds = countedSettlements(sale.settlements);
  const prepaid = kinds.find(({ type }) => type === 'prepayment');
  if (prepaid === undefined) return writtenSettlements(shareByKind(total, kinds, earlier));
  if (prepaidBy === undefined) return undefined;
  requireSums(prepaidBy, 'prepaidBy');
  const paid = prepaidBy.filter(({ sumMinor }) => sumMinor > 0);
  // A prepayment that was itself settled by a prepayment does not tell how that one was paid.
  if (paid.length === 0 || paid.some(({ type }) => type === 'prepayment')) return undefined;
  const behind = shareByKind(prepaid.sumMinor, byKind(paid), []);
  const came = byKind([...kinds.filter((kind) => kind !== prepaid), ...behind]);
  return writtenSettlements(shareByKind(total, came, earlier));
}
