import type { Provider } from '@fiscalkit/client';
import { FiscalError } from '@fiscalkit/schemas';
import type { Merchant } from './merchant.js';

/** The merchants of a ledger and their providers. */
export class MerchantDirectory {
  readonly #merchants = new Map<string, Merchant>();

  /** Throws a `FiscalError` with code `merchant.duplicate` when two merchants, or two providers of one, have the same name. */
  constructor(merchants: readonly Merchant[]) {
    for (const merchant of merchants) {
      const providers = new Set(merchant.providers.map(({ name }) => name));
      if (this.#merchants.has(merchant.id) || providers.size < merchant.providers.length) {
        throw new FiscalError({
          code: 'merchant.duplicate',
          message: `The merchant ${merchant.id}, or one of its providers, is configured twice.`,
          retryable: false,
        });
      }
      this.#merchants.set(merchant.id, merchant);
    }
  }

  /** Throws a `FiscalError` with code `merchant.unknown`. */
  merchant(id: string): Merchant {
    const merchant = this.#merchants.get(id);
    if (merchant) return merchant;
    throw new FiscalError({
      code: 'merchant.unknown',
      message: 'This merchant is not configured.',
      retryable: false,
    });
  }

  /** The provider of that name, if the merchant still has it. */
  provider(merchantId: string, name: string): Provider | null {
    const merchant = this.#merchants.get(merchantId);
    return merchant?.providers.find((provider) => provider.name === name) ?? null;
  }

  providerNames(): Set<string> {
    const merchants = Array.from(this.#merchants.values());
    return new Set(merchants.flatMap(({ providers }) => providers.map(({ name }) => name)));
  }
}
