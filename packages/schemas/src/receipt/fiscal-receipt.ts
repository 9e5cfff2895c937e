import type { ReceiptFormat } from '../enumerations/countries.js';
import type { ReceiptInput } from './receipt-schema.js';

type Written<Format extends ReceiptFormat> = Extract<ReceiptInput, { receipt_format: Format }>;

type Position<Format extends ReceiptFormat> = Written<Format>['positions'][number];

/** All but the lists, which a caller may have frozen, and the merchant, which is filled in where it is absent. */
type HandedIn<Format extends ReceiptFormat> = Omit<
  Written<Format>,
  'merchant_id' | 'positions' | 'settlements'
> & {
  merchant_id?: ReceiptInput['merchant_id'] | null | undefined;
  settlements: readonly Written<Format>['settlements'][number][];
};

// Interfaces, because a compiler names them in what it says, where it would print a type of many members.

/** A position of a receipt in FFD 1.05. */
export interface RussianPositionInput extends Position<'ru_1_05'> {}

/** A position of a receipt in FFD 1.2. */
export interface MarkedPositionInput extends Position<'ru_1_2'> {}

/** A position of a receipt in Uzbekistan. */
export interface UzbekPositionInput extends Position<'uz_1_0'> {}

/** A receipt in FFD 1.05, `ru_1_05`, as it is handed in. */
export interface RussianReceiptInput extends HandedIn<'ru_1_05'> {
  positions: readonly RussianPositionInput[];
}

/** A receipt in FFD 1.2, `ru_1_2`, as it is handed in: with marked goods, industry and operating details. */
export interface MarkedReceiptInput extends HandedIn<'ru_1_2'> {
  positions: readonly MarkedPositionInput[];
}

/** A receipt in Uzbekistan, `uz_1_0`, as it is handed in. */
export interface UzbekReceiptInput extends HandedIn<'uz_1_0'> {
  positions: readonly UzbekPositionInput[];
}

/** A receipt as it is handed in; the merchant's own `merchant_id` is filled in where it is absent. */
export type FiscalReceipt = RussianReceiptInput | MarkedReceiptInput | UzbekReceiptInput;

/**
 * Data of unknown shape, such as a parsed body, as a receipt to hand in. Nothing is looked at here: whoever takes the receipt checks it, and
 * throws `receipt.invalid` with all faults.
 */
export function uncheckedReceipt(document: unknown): FiscalReceipt {
  return document as FiscalReceipt;
}
