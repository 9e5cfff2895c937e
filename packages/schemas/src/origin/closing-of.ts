import { isPrepaid } from '../enumerations/positions.js';
import { allocate } from '../money/allocate.js';
import { formatAmount, parseAmount } from '../money/amount.js';
import { parseQuantity } from '../money/quantity.js';
import type { Receipt } from '../receipt/receipt.js';
import { faultOf } from '../rules/rules.js';
import { instantOf } from '../time/calendar.js';
import { registerOffsetHours } from '../time/register-time.js';
import {
  type ClosingPosition,
  type Delivery,
  deliveredItems,
  type Item,
  linesOf,
} from './delivered-items.js';
import {
  countedSettlements,
  type DerivedReceipt,
  type DeriveOptions,
  deriveReceipt,
  refused,
  type SettlementInput,
  shareByKind,
  writtenSettlements,
} from './derive-receipt.js';
import { PartTaker, type TakingRules } from './take-part.js';
import { leftOf, type Taken, type TakenPosition } from './taken.js';

/** Options of a closing receipt. */
export interface ClosingOptions extends DeriveOptions {
  /** What is delivered; all that is left of the prepaid positions by default. An advance needs it. */
  readonly positions?: readonly ClosingPosition[] | undefined;
  /** How the rest of the price is paid, beside the prepayment; `postpayment` for what stays owed. */
  readonly settlements?: readonly SettlementInput[] | undefined;
  /** Day of the delivery, `YYYY-MM-DD` on the register's calendar, or an instant of it; now by default. */
  readonly deliveredOn?: string | Date | undefined;
}

/** Rules for taking a part of a prepayment. */
const closingRules: TakingRules = {
  exceeds: 'closing.exceeds-prepaid',
  zero: 'closing.zero',
  unknown: 'closing.position.unknown',
  split: 'closing.position.split',
  codes: 'closing.position.codes',
  mark: 'closing.position.mark',
};

/**
 * Builds the receipt of the delivery of what was prepaid: settled by `prepayment` for what was prepaid and as
 * stated for the rest, at the plain VAT rates of the delivery's day, for goods rather than a payment, with mark
 * codes that are known only now. Never more than was prepaid, less what was refunded or delivered.
 */
export function closingOf(prepaid: Receipt, options: ClosingOptions = {}): DerivedReceipt {
  const { earlier = [], deliveredOn = new Date() } = options;
  const { operation_type: operation } = prepaid;
  const isSale = operation === 'sell' || operation === 'buy';
  if (!(isSale && prepaid.positions.some(({ payment_method }) => isPrepaid(payment_method))))
    return refused([faultOf('closing.not-prepaid', '$.positions')]);
  if (prepaid.settlements.some(({ type }) => type === 'postpayment'))
    return refused([faultOf('closing.not-prepaid', '$.settlements', 'a part is owed, as postpayment')]);
  const day = instantOfDay(deliveredOn, prepaid);
  if (day === null) return refused([faultOf('field.date', '$.delivered_on')]);
  const left = leftOf(prepaid, earlier);
  const taker = new PartTaker(prepaid, left, closingRules);
  const items = deliveredItems(taker, options.positions);
  const prepaidMinor = addUp(items, ({ takes }) => addUp(takes, ({ sumMinor }) => sumMinor));
  if (taker.faults.length === 0 && (prepaidMinor > left.totalMinor || prepaidMinor === 0)) {
    const detail = `${formatAmount(left.totalMinor)} is left in total`;
    taker.report('closing.exceeds-prepaid', '$.positions', detail);
  }
  const rest = taker.faults.length === 0 ? restOf(taker, { items, prepaidMinor, options }) : [];
  if (taker.faults.length > 0) return refused(taker.faults, taker.warnings);
  const delivery: Delivery = {
    day,
    owedMinor: addUp(rest, ({ type, sumMinor }) => (type === 'postpayment' ? sumMinor : 0)),
    restMinor: addUp(rest, ({ sumMinor }) => sumMinor),
  };
  const lined = items.map((item) => ({ ...item, lines: linesOf(item, delivery, taker) }));
  if (taker.faults.length > 0) return refused(taker.faults, taker.warnings);
  return deriveReceipt(
    {
      origin: prepaid,
      operation,
      positions: lined.flatMap(({ lines }) => lines),
      settlements: writtenSettlements([{ type: 'prepayment', sumMinor: prepaidMinor }, ...rest]),
      warnings: taker.warnings,
      taken: (): Taken => ({
        positions: takenByLines(lined),
        settlements: shareByKind(prepaidMinor, countedSettlements(prepaid.settlements), earlier),
        unmatchedMinor: 0,
      }),
    },
    { ...options, now: options.now ?? day },
  );
}

/** Returns noon of a day on the register's clock, or the instant given; `null` if the calendar has no such day. */
function instantOfDay(day: string | Date, { receipt_format }: Receipt): Date | null {
  if (typeof day !== 'string') return Number.isNaN(day.getTime()) ? null : day;
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const civil = {
    year: Number(year),
    month: Number(month),
    day: Number(date),
    hour: 12,
    minute: 0,
    second: 0,
  };
  return instantOf(civil, registerOffsetHours(receipt_format));
}

interface Rest {
  readonly items: Item[];
  readonly prepaidMinor: number;
  readonly options: ClosingOptions;
}

/**
 * Returns how the rest is paid. What is stated beyond the prices known raises those of partial prepayments, by
 * what was prepaid of each: a receipt of a partial prepayment has the same part of every price.
 */
function restOf(taker: PartTaker, { items, prepaidMinor, options }: Rest): Taken['settlements'][number][] {
  const stated = (options.settlements ?? []).flatMap(({ type, sum }, index) => {
    const path = `$.settlements[${index}].sum`;
    const sumMinor = taker.readAmount(sum, path);
    return typeof sumMinor === 'number' ? [{ type, sumMinor }] : [];
  });
  const rest = stated.filter(({ type }) => type !== 'prepayment');
  const statedPrepaid = addUp(stated, ({ type, sumMinor }) => (type === 'prepayment' ? sumMinor : 0));
  const total = addUp(items, ({ sumMinor }) => sumMinor);
  const dueMinor = total - prepaidMinor;
  const beyond = addUp(rest, ({ sumMinor }) => sumMinor) - dueMinor;
  const unpriced = items.filter(({ isPartOfPrice }) => isPartOfPrice);
  if (taker.faults.length > 0) return [];
  const isOther = statedPrepaid !== 0 && statedPrepaid !== prepaidMinor;
  if (beyond > 0 && unpriced.length > 0 && !isOther) {
    const shares = allocate(
      beyond,
      unpriced.map(({ sumMinor }) => sumMinor),
    );
    unpriced.forEach((item, index) => {
      item.sumMinor += shares[index] ?? 0;
    });
  } else if (beyond !== 0 || isOther) {
    const detail = `${formatAmount(prepaidMinor)} as prepayment and ${formatAmount(dueMinor)} otherwise`;
    taker.report('closing.settlements', '$.settlements', detail);
  } else for (const { path } of unpriced) taker.report('closing.price.assumed', `${path}.price`);
  return rest;
}

/** Tells what each line took of the prepayment. */
function takenByLines(items: readonly (Item & { lines: ReturnType<typeof linesOf> })[]): TakenPosition[] {
  let first = 0;
  return items.flatMap(({ takes, quantityThousandths, lines }) => {
    const start = first;
    first += lines.length;
    const sums = lines.map(({ sum }) => parseAmount(sum));
    const quantities = lines.map(({ quantity }) => parseQuantity(quantity));
    return takes.flatMap((take): TakenPosition[] => {
      const shares = allocate(take.sumMinor, sums);
      const isByLine = take.quantityThousandths === quantityThousandths;
      return lines.map((_, place) => ({
        index: take.index,
        line: start + place,
        quantityThousandths: (isByLine ? quantities[place] : place === 0 ? take.quantityThousandths : 0) ?? 0,
        sumMinor: shares[place] ?? 0,
        ...(place === 0 && take.labels && { labels: take.labels }),
      }));
    });
  });
}

function addUp<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}
