import type { NormalisedReceipt } from './receipt-schema.js';

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
