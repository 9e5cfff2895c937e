import type { LedgerContext } from '../services/ledger-context.js';
import type { SealMark } from '../store/receipt-reads.js';
import { type DailyReport, dailyReport } from './daily-report.js';
import { type ExportedReceipt, type ExportRequest, exportReceipts } from './export-receipts.js';

/** Reports on a merchant's receipts. */
export class ReportService {
  readonly #context: Pick<LedgerContext, 'store' | 'merchants' | 'lists' | 'clock'>;

  constructor(context: Pick<LedgerContext, 'store' | 'merchants' | 'lists' | 'clock'>) {
    this.#context = context;
  }

  /**
   * Returns counts and sums of one day on the register's clock. Throws a `FiscalError` with code `report.date`,
   * `merchant.unknown`, `lists.busy`, `lists.timeout` or `ledger.unavailable`.
   */
  async daily(request: {
    readonly merchant: string;
    readonly date: string;
    readonly signal?: AbortSignal | undefined;
  }): Promise<DailyReport> {
    const { store, merchants, lists, clock } = this.#context;
    const { id: merchant } = merchants.merchant(request.merchant);
    const giveBack = await lists.take(merchant, request.signal);
    try {
      return await dailyReport(store, { ...request, merchant, now: clock() });
    } finally {
      giveBack();
    }
  }

  /**
   * Returns the receipts that were accepted in a window, oldest first, in portions that are read on demand; it
   * counts among the merchant's lists meanwhile. Throws a `FiscalError` with code `export.window`,
   * `merchant.unknown`, `lists.busy`, `lists.timeout` or `ledger.unavailable`.
   */
  async *export(request: ExportRequest): AsyncGenerator<readonly ExportedReceipt[], void, undefined> {
    const { store, merchants, lists } = this.#context;
    const { id: merchant } = merchants.merchant(request.merchant);
    const giveBack = await lists.take(merchant, request.signal);
    try {
      yield* exportReceipts(store, { ...request, merchant });
    } finally {
      giveBack();
    }
  }

  /** Returns the newest seal of the ledger's journal; `null` while there is none. */
  async lastSeal(): Promise<SealMark | null> {
    return this.#context.store.lastSeal();
  }
}
