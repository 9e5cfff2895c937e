import type { Provider } from '@fiscalkit/client';
import type { Company } from '@fiscalkit/schemas';

/** A tenant: who sells, and through whom its documents are registered. */
export interface Merchant {
  /** Stable name; everything that the ledger keeps belongs to one. */
  readonly id: string;
  /** The `merchant_id` of its receipts; `id` when absent. */
  readonly receiptMerchantId?: string;
  /** Each with another name. A document goes to the first that takes its operation and format. */
  readonly providers: readonly Provider[];
  /** What its receipts say of the seller when they don't say it themselves. */
  readonly company?: Company;
  readonly receiptMethod?: 'separately' | 'together';
  /** Zone in which `created_at` is printed when no other is asked for; hours from UTC, 5 when absent. */
  readonly utcOffsetHours?: number;
  /**
   * What becomes of a receipt with the content of another that is not rejected, for the same payment under another key: it is
   * refused, unless the caller says that it is meant, or accepted. `refused` when absent.
   */
  readonly twins?: 'refused' | 'accepted';
  /** Whether doubtful receipts are refused too. */
  readonly warningsAsFaults?: boolean;
}
