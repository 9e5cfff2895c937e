import type { ReceiptFormat } from '../enumerations/countries.js';
import type { ReceiptInput } from './receipt-schema.js';

type Written<Format extends ReceiptFormat> = Extract<ReceiptInput, { receipt_format: Format }>;

type Position<Format extends ReceiptFormat> = Written<Format>['positions'][number];

/**
 * Receipt but for its lists, which a caller may have frozen, and the merchant, which is filled in if absent.
 */
type Submitted<Format extends ReceiptFormat> = Omit<
  Written<Format>,
  'merchant_id' | 'positions' | 'settlements'
> & {
  merchant_id?: ReceiptInput['merchant_id'] | null | undefined;
  settlements: readonly Written<Format>['settlements'][number][];
};

// Interfaces, because a compiler's messages name them, where they would print a type of many members.

/** Position of a receipt in FFD 1.05. */
export interface RussianPositionInput extends Position<'ru_1_05'> {}

/** Position of a receipt in FFD 1.2. */
export interface MarkedPositionInput extends Position<'ru_1_2'> {}

/** Position of a receipt in Uzbekistan. */
export interface UzbekPositionInput extends Position<'uz_1_0'> {}

/** Receipt in FFD 1.05, `ru_1_05`, as submitted. */
export interface RussianReceiptInput extends Submitted<'ru_1_05'> {
  positions: readonly RussianPositionInput[];
}

/** Receipt in FFD 1.2, `ru_1_2`, as submitted: with marked goods, industry and operating details. */
export interface MarkedReceiptInput extends Submitted<'ru_1_2'> {
  positions: readonly MarkedPositionInput[];
}

/** Receipt in Uzbekistan, `uz_1_0`, as submitted. */
export interface UzbekReceiptInput extends Submitted<'uz_1_0'> {
  positions: readonly UzbekPositionInput[];
}

interface ReceiptInputs {
  ru_1_05: RussianReceiptInput;
  ru_1_2: MarkedReceiptInput;
  uz_1_0: UzbekReceiptInput;
}

/**
 * Receipt as submitted; the merchant's own `merchant_id` is filled in if absent. A function that infers the
 * format from its argument has a compiler compare with that format alone, and name the member that it lacks.
 */
export type FiscalReceipt<Format extends ReceiptFormat = ReceiptFormat> = ReceiptInputs[Format] & {
  receipt_format: Format;
};

/**
 * Types data of unknown shape, such as a parsed body, as a receipt to submit. Nothing is checked here: the
 * service that accepts the receipt checks it and throws `receipt.invalid` with all faults.
 */
export function uncheckedReceipt(document: unknown): FiscalReceipt {
  return document as FiscalReceipt;
}
