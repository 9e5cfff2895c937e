import type { DailyReport, ExportedReceipt, ExportRequest, SealMark } from '@fiscalkit/ledger';
import type { ForMerchant, RequestContext } from './request-context.js';

/** Reports on receipts. The merchant can be left out where there is exactly one. */
export class FiscalReports {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Returns counts and sums of the receipts that were registered on a day of the register's clock, exact in
   * minor units. Throws a `FiscalError` with code `report.date`, `merchant.unknown`, `merchant.required`,
   * `lists.busy`, `lists.timeout` or `ledger.unavailable`.
   */
  async daily(
    request: ForMerchant<{
      readonly merchant: string;
      readonly date: string;
      readonly signal?: AbortSignal | undefined;
    }>,
  ): Promise<DailyReport> {
    return this.#context.ledger.reports.daily(this.#context.withMerchant(request));
  }

  /**
   * Returns the receipts that were accepted in a window with their marks, oldest first, in portions that are
   * read on demand; without data of buyers. Throws a `FiscalError` with code `export.window`,
   * `merchant.unknown`, `merchant.required`, `lists.busy`, `lists.timeout` or `ledger.unavailable`.
   */
  async *export(
    request: ForMerchant<ExportRequest>,
  ): AsyncGenerator<readonly ExportedReceipt[], void, undefined> {
    yield* this.#context.ledger.reports.export(this.#context.withMerchant(request));
  }

  /** Returns number and hash of the newest seal of the ledger's journal; `null` while there is none. */
  async lastSeal(): Promise<SealMark | null> {
    return this.#context.ledger.reports.lastSeal();
  }
}
