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
  /** Whether doubtful receipts are refused too. */
  readonly warningsAsFaults?: boolean;
}
