import type { ConfirmedPayment, ConfirmPayment } from '@fiscalkit/ledger';
import type { ForMerchant, ServiceDesk } from './request-context.js';

/** Where payment confirmations are handed in. The merchant can be left out where there is exactly one. */
export class FiscalPayments {
  readonly #desk: ServiceDesk;

  constructor(desk: ServiceDesk) {
    this.#desk = desk;
  }

  /**
   * Attaches a Soliq link to a wallet payment and waits for the provider; repeat the same call while it answers `pending`. Throws
   * a `FiscalError` with code `confirmation.invalid` and all faults, `confirmation.payment.conflict`,
   * `confirmation.link.conflict`, `idempotency.conflict`, `idempotency.key.format`, `merchant.unknown`, `merchant.required`,
   * `provider.unsupported` or `ledger.unavailable`; nothing is stored then.
   */
  async confirm(request: ForMerchant<ConfirmPayment>): Promise<ConfirmedPayment> {
    const { ledger, telemetry } = this.#desk;
    const addressed = this.#desk.patient(request);
    const facts = { operation: `confirmation.${addressed.wallet}`, merchant: addressed.merchant };
    return telemetry.accept(facts, () => ledger.payments.confirm(addressed));
  }
}
