import type { LedgerContext } from '../services/ledger-context.js';
import type { MerchantDirectory } from '../services/merchants.js';
import { type FindingKind, findingKinds } from './finding.js';
import { type Payments, reconcile } from './reconcile.js';
import type { ReconcileOptions, ReconciliationReport } from './reconciliation-report.js';

/** A comparison to make. */
export interface ReconcileRequest extends ReconcileOptions {
  readonly merchant: string;
  readonly payments: Payments;
  /** Whether the merchant's providers are listed and compared, too, where they can be listed. */
  readonly withProvider?: boolean | undefined;
}

/** Number of findings by kind. */
export type FindingCounts = Readonly<Record<FindingKind, number>>;

/** Compares payments with the receipts of a ledger. */
export class ReconciliationService {
  readonly #store: LedgerContext['store'];
  readonly #merchants: MerchantDirectory;
  readonly #clock: () => Date;
  readonly #last = new Map<string, FindingCounts>();

  constructor({ store, merchants, clock }: Pick<LedgerContext, 'store' | 'merchants' | 'clock'>) {
    this.#store = store;
    this.#merchants = merchants;
    this.#clock = clock;
  }

  /**
   * Compares payments with the merchant's receipts, and changes nothing. Throws a `FiscalError` with code
   * `reconciliation.window`, `merchant.unknown`, `lists.timeout` or `ledger.unavailable`.
   */
  async reconcile({
    merchant: id,
    payments,
    withProvider,
    ...options
  }: ReconcileRequest): Promise<ReconciliationReport> {
    const { id: merchant, providers } = this.#merchants.merchant(id);
    const listed = withProvider ? providers.filter(({ list }) => list !== undefined) : [];
    const subject = { reads: this.#store, merchant, providers: listed, clock: this.#clock };
    const report = await reconcile(subject, payments, options);
    this.#last.set(merchant, report.counts);
    return report;
  }

  /** Returns the findings of each merchant's last comparison in this process, summed; `null` before the first. */
  findings(): FindingCounts | null {
    if (this.#last.size === 0) return null;
    const counts = [...this.#last.values()];
    const sums = findingKinds.map((kind) => [kind, counts.reduce((sum, each) => sum + each[kind], 0)]);
    return Object.fromEntries(sums) as FindingCounts;
  }
}
