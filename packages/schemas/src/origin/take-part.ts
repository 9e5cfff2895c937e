import type { Fault } from '../errors/fault.js';
import { isFiscalError } from '../errors/fiscal-error.js';
import { formatAmount, multiplyAmount, parseAmount } from '../money/amount.js';
import { scaleRounded } from '../money/decimal.js';
import { parseQuantity, quantityToNumber } from '../money/quantity.js';
import type { Receipt, ReceiptPosition } from '../receipt/receipt.js';
import { faultOf, type RuleCode, ruleOf } from '../rules/rules.js';
import { isAbsentMember } from '../schema/absent-members.js';
import { hasLabelPerPiece, isCoded } from './position-lines.js';
import { describeLeft, type Left, type LeftPosition, without } from './taken.js';

/** Part of a position that is requested: a quantity, a sum, both, or all that is left. */
export interface PartRequest {
  /** Index of the position in the sale or the prepayment, from 0. */
  readonly index: number;
  /** Quantity that comes back or is delivered. */
  readonly quantity?: number | string | null | undefined;
  /** Sum in roubles or sums. Without a quantity no goods move: only money is given back. */
  readonly sum?: number | string | null | undefined;
  /** Uzbek marking labels of these pieces; needed where a part of a position with a label a piece moves. */
  readonly labels?: readonly string[] | null | undefined;
}

/** Part of a position that is taken. */
export interface Part {
  readonly index: number;
  readonly position: ReceiptPosition;
  /** Quantity that moves; 0 where only money does. */
  readonly quantityThousandths: number;
  readonly sumMinor: number;
  /** Quantity to write: that which moves, else that which is left. */
  readonly writtenThousandths: number;
  /** Uzbek marking labels to write. */
  readonly labels: readonly string[];
}

/** Codes of the rules for taking a part. */
export type TakingRules = Readonly<
  Record<'exceeds' | 'zero' | 'unknown' | 'split' | 'codes' | 'mark', RuleCode>
>;

/** Reads parts of a receipt, one after the other, and collects the faults. */
export class PartTaker {
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];
  readonly origin: Receipt;
  readonly #left: LeftPosition[];
  readonly #rules: TakingRules;

  constructor(origin: Receipt, left: Left, rules: TakingRules) {
    this.origin = origin;
    this.#left = [...left.positions];
    this.#rules = rules;
  }

  /** What is left of all positions. */
  get left(): readonly LeftPosition[] {
    return this.#left;
  }

  /** Reports a broken rule. */
  report(code: RuleCode, path: string, detail?: string): undefined {
    const isWarning = ruleOf(code).severity === 'warning';
    (isWarning ? this.warnings : this.faults).push(faultOf(code, path, detail));
  }

  /** Takes a part; `undefined` if it can't be taken. */
  take(request: PartRequest, path: string): Part | undefined {
    // A text would find a position, too, or a member of the list.
    const index = Number.isInteger(request.index) ? request.index : -1;
    const position = this.origin.positions[index];
    const left = this.#left[index];
    if (position === undefined || left === undefined) {
      const last = this.origin.positions.length - 1;
      return this.report(this.#rules.unknown, `${path}.index`, `the positions are 0 to ${last}`);
    }
    if (!isAbsentMember(request.labels) && !Array.isArray(request.labels))
      return this.report('field.type', `${path}.labels`, 'expected array');
    const requested = this.#read(request, path);
    const amounts = requested && this.#amountsOf({ position, left, path, ...requested });
    if (amounts === undefined) return undefined;
    const { quantityThousandths, sumMinor } = amounts;
    const labels = this.#labelsFor({ position, left, path, ...amounts }, request.labels);
    if (labels === undefined) return undefined;
    const moving = quantityThousandths || left.quantityThousandths || parseQuantity(position.quantity);
    const gone = hasLabelPerPiece(position) && quantityThousandths > 0 ? labels : [];
    this.#left[request.index] = without(left, { quantityThousandths, sumMinor, labels: gone });
    return {
      index: request.index,
      position,
      quantityThousandths,
      sumMinor,
      writtenThousandths: moving,
      labels,
    };
  }

  #read({ quantity, sum }: PartRequest, path: string): Requested | undefined {
    const thousandths = this.readQuantity(quantity, `${path}.quantity`);
    const minor = this.readAmount(sum, `${path}.sum`);
    return thousandths === null || minor === null ? undefined : { thousandths, minor };
  }

  /** Reads an amount above zero into minor units; `undefined` if it is absent, `null` if it is broken. */
  readAmount(value: PartRequest['sum'], path: string): number | undefined | null {
    return this.#readNumber(value, path, parseAmount);
  }

  /** Reads a quantity into thousandths; `undefined` if it is absent, `null` if it is broken. */
  readQuantity(value: PartRequest['quantity'], path: string): number | undefined | null {
    return this.#readNumber(value, path, parseQuantity);
  }

  #readNumber(
    value: PartRequest['sum'],
    path: string,
    parse: (value: number | string) => number,
  ): number | undefined | null {
    if (isAbsentMember(value)) return undefined;
    if (typeof value !== 'number' && typeof value !== 'string') this.report('field.type', path);
    else if (Number(value) === 0) this.report(this.#rules.zero, path);
    else {
      try {
        return parse(value);
      } catch (error) {
        if (!isFiscalError(error)) throw error;
        this.report(error.code as RuleCode, path);
      }
    }
    return null;
  }

  #amountsOf({ position, left, path, thousandths, minor }: Place & Requested): Amounts | undefined {
    const exceeded = thousandths !== undefined && thousandths > left.quantityThousandths ? 'quantity' : null;
    const isOver = exceeded ?? (minor !== undefined && minor > left.sumMinor ? 'sum' : null);
    const isGone = left.sumMinor === 0 && (position.sum > 0 || left.quantityThousandths === 0);
    if (isOver || isGone) {
      const place = isOver ?? (thousandths === undefined ? 'index' : 'quantity');
      return this.report(this.#rules.exceeds, `${path}.${place}`, describeLeft([left]));
    }
    if (
      thousandths !== undefined &&
      thousandths < left.quantityThousandths &&
      isIndivisible(position, thousandths)
    )
      return this.report(
        this.#rules.split,
        `${path}.quantity`,
        `${quantityToNumber(left.quantityThousandths)} for ${formatAmount(left.sumMinor)} is left`,
      );
    if (minor !== undefined) {
      const all = minor === left.sumMinor ? left.quantityThousandths : 0;
      return { quantityThousandths: thousandths ?? all, sumMinor: minor };
    }
    const quantityThousandths = thousandths ?? left.quantityThousandths;
    return { quantityThousandths, sumMinor: shareOf(position, left, quantityThousandths) };
  }

  #labelsFor(
    { position, left, path, quantityThousandths }: Place & Amounts,
    named: PartRequest['labels'],
  ): readonly string[] | undefined {
    const isAll = quantityThousandths === left.quantityThousandths;
    const isMoney = quantityThousandths === 0;
    const perPiece = hasLabelPerPiece(position);
    if (isMoney && (isCoded(position) || left.labels.length > 0))
      this.report(this.#rules.mark, `${path}.sum`);
    else if (!(isAll || perPiece) && left.labels.length > 0)
      this.report(this.#rules.mark, `${path}.quantity`);
    // A refund by hand may have named no labels: then those that are left are more than the pieces.
    const isAllLabels = isAll && left.labels.length * 1000 <= quantityThousandths;
    if (!perPiece || isAllLabels || isMoney) {
      const others = named?.filter((label) => !left.labels.includes(label)) ?? [];
      if (others.length === 0) return left.labels;
      return this.report(this.#rules.codes, `${path}.labels`);
    }
    const labels = [...new Set(named ?? [])].filter((label) => left.labels.includes(label));
    if (labels.length * 1000 === quantityThousandths && labels.length === named?.length) return labels;
    const detail = `${quantityThousandths / 1000} of ${left.labels.length} that are left`;
    return this.report(this.#rules.codes, `${path}.labels`, detail);
  }
}

interface Place {
  readonly position: ReceiptPosition;
  readonly left: LeftPosition;
  readonly path: string;
}

interface Requested {
  readonly thousandths: number | undefined;
  readonly minor: number | undefined;
}

interface Amounts {
  readonly quantityThousandths: number;
  readonly sumMinor: number;
}

/**
 * Checks for a quantity that would split a code: a coded item counted in pieces comes whole, pieces with a
 * label each come in whole numbers.
 */
export function isIndivisible(position: ReceiptPosition, thousandths: number): boolean {
  if (isCoded(position) && position.measure === 'piece') return true;
  return hasLabelPerPiece(position) && thousandths % 1000 !== 0;
}

/**
 * Returns the sum of a quantity: price × quantity while nothing but rounding speaks against it, else its
 * share of what is left, as after a refund of money alone. All that is left takes the whole rest.
 */
export function shareOf(position: ReceiptPosition, left: LeftPosition, thousandths: number): number {
  if (thousandths === left.quantityThousandths) return left.sumMinor;
  const share = scaleRounded(left.sumMinor, thousandths, left.quantityThousandths);
  const atPrice = multiplyAmount(parseAmount(position.price), thousandths);
  return Math.abs(atPrice - share) <= 1 && atPrice < left.sumMinor ? atPrice : share;
}
