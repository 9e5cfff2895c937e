import type { ConfirmedPayment, ConfirmPayment } from '@fiscalkit/ledger';
import type { ForMerchant, RequestContext } from './request-context.js';

/** Accepts payment confirmations. The merchant can be left out where there is exactly one. */
export class FiscalPayments {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /**
   * Attaches a Soliq link to a wallet payment and waits for the provider; repeat the same call while it
   * answers `pending`. Throws a `FiscalError` with code `confirmation.invalid` and all faults,
   * `confirmation.payment.conflict`, `confirmation.link.conflict`, `idempotency.conflict`,
   * `idempotency.key.format`, `merchant.unknown`, `merchant.required`, `provider.unsupported` or
   * `ledger.unavailable`, and then has stored nothing.
   */
  async confirm(request: ForMerchant<ConfirmPayment>): Promise<ConfirmedPayment> {
    const { ledger, telemetry } = this.#context;
    const withMerchant = this.#context.withWaitLimit(request);
    const facts = { operation: `confirmation.${withMerchant.wallet}`, merchant: withMerchant.merchant };
    return telemetry.accept(facts, () => ledger.payments.confirm(withMerchant));
  }
}
