import type { Fault, Receipt, ReceiptObject } from '@fiscalkit/schemas';
import type { NewEntry } from '../entry/entry.js';

/** Result of accepting a receipt. */
export interface CreatedReceipt {
  readonly receipt: ReceiptObject;
  /** Whether the same receipt was accepted before: this is the stored one. */
  readonly replayed: boolean;
  readonly warnings: readonly Fault[];
}

/** Result of making receipts from another. */
export interface DerivedReceipts extends CreatedReceipt {
  /** All of them, `receipt` the first: a refund of what was delivered in part makes one for each origin. */
  readonly receipts: readonly ReceiptObject[];
}

/** A receipt that is checked and frozen, and not stored yet. */
export interface PreparedReceipt {
  readonly entry: NewEntry;
  readonly warnings: readonly Fault[];
}

/** Result of a check, with the normalised receipt when it has no faults. */
export type ValidatedReceipt =
  | {
      readonly ok: true;
      readonly receipt: Receipt;
      readonly faults: readonly [];
      readonly warnings: readonly Fault[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };
