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
 * Receipt ready to be sent: checked, in its normal form, with the sum of every position and the total.
 * Amounts are numbers of at most two decimals, quantities of at most three, ids are texts.
 */
export type Receipt = Calculated<NormalisedReceipt>;

/** Position of a receipt ready to be sent. */
export type ReceiptPosition = Receipt['positions'][number];

/** Document in the making: every member may be absent or unreadable. */
export type Draft<T> = T extends readonly (infer Item)[]
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
 * Receipt of any format in the making: its readable parts in their normal form. Absent and unreadable fields
 * are `undefined`.
 */
export type ReceiptDraft = Draft<AnyReceipt>;

/** Position of a draft. */
export type PositionDraft = Draft<AnyPosition>;
