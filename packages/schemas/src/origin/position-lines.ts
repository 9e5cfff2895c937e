import { amountToNumber, multiplyAmount, parseAmount } from '../money/amount.js';
import { scaleRounded } from '../money/decimal.js';
import { parseQuantity, quantityToNumber } from '../money/quantity.js';

/** Price and quantity whose product is the sum. */
interface ExactLine {
  readonly priceMinor: number;
  readonly quantityThousandths: number;
  readonly sumMinor: number;
}

/**
 * Writes a sum as lines whose price × quantity is that sum: one line at the price where it fits, one at
 * another price where there is one, else two or three. Whole pieces are split without any rounding: 100 for
 * three is 2 × 33.33 and 1 × 33.34. A fraction is exact by the rule of all sums, rounded to the minor unit.
 */
export function exactLines(
  sumMinor: number,
  quantityThousandths: number,
  priceMinor: number,
): readonly ExactLine[] {
  if (multiplyAmount(priceMinor, quantityThousandths) === sumMinor)
    return [{ priceMinor, quantityThousandths, sumMinor }];
  const fraction = quantityThousandths % 1000;
  if (fraction === 0) return wholePieces(sumMinor, quantityThousandths / 1000);
  const nearest = scaleRounded(sumMinor, 1000, quantityThousandths);
  if (multiplyAmount(nearest, quantityThousandths) === sumMinor)
    return [{ priceMinor: nearest, quantityThousandths, sumMinor }];
  const ofFraction = scaleRounded(sumMinor, fraction, quantityThousandths);
  return [
    ...wholePieces(sumMinor - ofFraction, (quantityThousandths - fraction) / 1000),
    ...exactLines(ofFraction, fraction, nearest),
  ];
}

function wholePieces(sumMinor: number, pieces: number): ExactLine[] {
  const priceMinor = Math.floor(sumMinor / pieces);
  const dearer = sumMinor - priceMinor * pieces;
  return [lineOf(priceMinor, pieces - dearer), lineOf(priceMinor + 1, dearer)].filter(
    ({ quantityThousandths }) => quantityThousandths > 0,
  );
}

function lineOf(priceMinor: number, pieces: number): ExactLine {
  return { priceMinor, quantityThousandths: pieces * 1000, sumMinor: priceMinor * pieces };
}

/** Members of a position that its lines differ in. */
interface WrittenPosition {
  readonly price: number | string;
  readonly quantity: number | string;
}

/** Position written as a line: price, quantity and sum are numbers, the sum is their product. */
export type PositionLine<Position> = Omit<Position, 'price' | 'quantity' | 'sum'> & {
  price: number;
  quantity: number;
  sum: number;
};

/** How a position is written in lines. */
interface Writing {
  readonly sumMinor: number;
  readonly quantityThousandths: number;
  /** Uzbek marking labels of these lines; those of the position by default. */
  readonly labels?: readonly string[];
  /** Leaves out lines without a sum, where the quantity stands for nothing. */
  readonly withoutEmpty?: boolean;
}

/**
 * Writes lines of a position that add up to a sum and a quantity. No marking label comes twice: where there
 * is one a piece, each line has those of its pieces; else the first line has them all.
 */
export function writeLines<Position extends WrittenPosition>(
  position: Position,
  { sumMinor, quantityThousandths, labels = labelsOf(position), withoutEmpty = false }: Writing,
): PositionLine<Position>[] {
  const lines = exactLines(sumMinor, quantityThousandths, parseAmount(position.price)).filter(
    (line) => !withoutEmpty || line.sumMinor > 0,
  );
  const perPiece = labels.length * 1000 === quantityThousandths;
  let next = 0;
  return lines.map((line, index) => {
    const from = next;
    next += line.quantityThousandths / 1000;
    const written = {
      ...position,
      price: amountToNumber(line.priceMinor),
      quantity: quantityToNumber(line.quantityThousandths),
      sum: amountToNumber(line.sumMinor),
    };
    if (!('labels' in written)) return written;
    const { labels: _, ...unlabelled } = written;
    const ofLine = perPiece ? labels.slice(from, next) : index === 0 ? labels : [];
    return ofLine.length > 0 ? { ...written, labels: ofLine } : (unlabelled as typeof written);
  });
}

/** Returns the Uzbek marking labels of a position; none in Russia. */
export function labelsOf(position: object): readonly string[] {
  return 'labels' in position && Array.isArray(position.labels) ? position.labels : [];
}

/** Checks for Uzbek labels that stand for one piece each, rather than for the position as a whole. */
export function hasLabelPerPiece(position: WrittenPosition): boolean {
  const labels = labelsOf(position);
  return labels.length > 0 && labels.length * 1000 === parseQuantity(position.quantity);
}

/** Checks for a Russian mark code. */
export function isCoded(position: object): boolean {
  return 'mark_code_type' in position && position.mark_code_type !== undefined;
}
