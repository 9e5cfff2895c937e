import { z } from 'zod';
import { amountToNumber } from '../money/amount.js';
import { readDecimal } from '../money/decimal.js';

const scalar = z.union([z.string(), z.number()]);

const blankAsNull = (text: string) => text.trim() || null;

/** A text; empty, absent or of another type it is `null`. */
export const lenientText = z.string().transform(blankAsNull).nullable().default(null).catch(null);

/** An id or fiscal number that comes as text or number, or as `""` while there is none. */
export const lenientIdentifier = scalar
  .transform((value) => blankAsNull(String(value)))
  .nullable()
  .default(null)
  .catch(null);

/**
 * A decimal text as our own are written: `1 234,50` is `1234.50`. A comma with more digits behind it than there are decimals may
 * stand between thousands, and stays.
 */
function plainDecimal(value: string | number, places: number): string | number {
  if (typeof value === 'number') return value;
  const joined = value.trim().replaceAll(/(?<=\d)\s(?=\d{3}(?:\D|$))/g, '');
  const [, whole, fraction] = /^(\d+),(\d+)$/.exec(joined) ?? [];
  return fraction === undefined || fraction.length > places ? joined : `${whole}.${fraction}`;
}

/** An amount that comes as number or decimal text; unreadable it is `null`. */
export const lenientAmount = scalar
  .transform((value) => {
    const minor = readDecimal(plainDecimal(value, 2), 2);
    return typeof minor === 'number' ? amountToNumber(minor) : null;
  })
  .nullable()
  .default(null)
  .catch(null);

/** A quantity that comes as number or decimal text; unreadable it is `null`. */
export const lenientQuantity = scalar
  .transform((value) => {
    const plain = plainDecimal(value, 3);
    return plain === '' ? null : Number(plain);
  })
  .pipe(z.number().nullable())
  .nullable()
  .default(null)
  .catch(null);

/** An address; blanks that a page left in it are taken out. */
export const lenientLink = lenientText.transform((text) => text?.replaceAll(/\s/g, '') ?? null);
