import type { z } from 'zod';
import type { ReceiptFormat } from '../enumerations/countries.js';
import type { markedPositionSchema, uzbekPositionSchema } from './position.js';
import type { markedReceiptSchema, NormalisedReceipt } from './receipt-schema.js';

type Calculated<R extends NormalisedReceipt> = R extends NormalisedReceipt
  ? Omit<R, 'positions' | 'total'> & {
      positions: (R['positions'][number] & { sum: number })[];
      total: number;
    }
  : never;

/**
 * A receipt that may be sent: checked, in its normal form, with the sum of every position and the total. Amounts are numbers of at
 * most two decimals, quantities of at most three, ids are texts.
 */
export type Receipt = Calculated<NormalisedReceipt>;

/** A position of a receipt that may be sent. */
export type ReceiptPosition = Receipt['positions'][number];

type Draft<T> = T extends readonly (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

type MarkedPosition = z.output<typeof markedPositionSchema>;
type UzbekPosition = z.output<typeof uzbekPositionSchema>;
type AnyPosition = MarkedPosition & Omit<UzbekPosition, keyof MarkedPosition>;
type AnyReceipt = Omit<z.output<typeof markedReceiptSchema>, 'receipt_format' | 'positions'> & {
  receipt_format: ReceiptFormat;
  positions: AnyPosition[];
};

/**
 * A receipt of any format on its way to being one: what could be read of it, in its normal form. What is absent or could not be
 * read is `undefined`.
 */
export type ReceiptDraft = Draft<AnyReceipt>;

/** A position of a draft. */
export type PositionDraft = Draft<AnyPosition>;
