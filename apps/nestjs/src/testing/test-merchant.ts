import { type SandboxMerchant, sampleMerchant } from '@fiscalkit/sandbox';
import type { MerchantOptions } from '../module/merchant-options.js';

/** A merchant of a test: as in the FiscalModule, without its providers, which are the sandbox's. */
export type TestMerchant = Omit<MerchantOptions, 'provider' | 'providers'>;

/** The sample shop of the provider's documentation. */
export const defaultTestMerchants: Readonly<Record<string, TestMerchant>> = {
  shop: { receiptMerchantId: sampleMerchant.id, company: sampleMerchant.company },
};

/** The merchant as the sandbox knows it: with the sample's key, and the sample's company where it has none of its own. */
export function sandboxMerchant(id: string, merchant: TestMerchant): SandboxMerchant {
  const { receiptMerchantId = id, company = sampleMerchant.company } = merchant;
  return { id: receiptMerchantId, secretKey: sampleMerchant.secretKey, company };
}
