import { type FaultRuleInput, type SandboxMerchant, sampleMerchant } from '@fiscalkit/sandbox';
import type { FiscalModuleExtras } from '../module/fiscal.module-definition.js';
import type { FiscalModuleOptions, MerchantOptions } from '../module/fiscal-module-options.js';

/** Options of a test; everything has a default. */
export interface FiscalTestingOptions
  extends FiscalModuleExtras,
    Pick<FiscalModuleOptions, 'delivery' | 'events' | 'deliver'> {
  /** One merchant, `shop`, the sample shop of the provider's documentation, when absent. */
  readonly merchants?: Readonly<Record<string, TestMerchant>>;
  /** Fault rules of the sandbox in force from the start. */
  readonly faults?: readonly FaultRuleInput[];
  /** Milliseconds that a receipt is pending at the provider; 0 when absent. */
  readonly registrationDelayMs?: number;
}

/** A merchant of a test: as in the FiscalModule, without its providers, which are the sandbox's. */
export type TestMerchant = Omit<MerchantOptions, 'provider' | 'providers'>;

/** The sample shop of the provider's documentation. */
export const defaultTestMerchants: Readonly<Record<string, TestMerchant>> = {
  shop: { receiptMerchantId: sampleMerchant.id, company: sampleMerchant.company },
};

/** Returns the merchant for the sandbox: with the sample's key, and its company where it has none. */
export function sandboxMerchant(id: string, merchant: TestMerchant): SandboxMerchant {
  const { receiptMerchantId = id, company = sampleMerchant.company } = merchant;
  return { id: receiptMerchantId, secretKey: sampleMerchant.secretKey, company };
}

/** Injection token of the settings of a test application's sandbox. */
export const FISCAL_TESTING_OPTIONS = Symbol.for('fiscalkit.nestjs.testing-options');
