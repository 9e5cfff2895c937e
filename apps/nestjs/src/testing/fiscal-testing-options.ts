import { type FaultRuleInput, type SandboxMerchant, sampleMerchant } from '@fiscalkit/sandbox';
import type { FiscalModuleExtras } from '../module/fiscal.module-definition.js';
import type { FiscalModuleOptions, MerchantOptions } from '../module/fiscal-module-options.js';

/** How a test differs from the usual; everything has a default. */
export interface FiscalTestingOptions
  extends FiscalModuleExtras,
    Pick<FiscalModuleOptions, 'delivery' | 'events' | 'deliver'> {
  /** One merchant, `shop`, the sample shop of the provider's documentation, when absent. */
  readonly merchants?: Readonly<Record<string, TestMerchant>>;
  /** Fault rules of the sandbox in force from the start. */
  readonly faults?: readonly FaultRuleInput[];
  /** How long a receipt is pending at the provider, in milliseconds; 0 when absent. */
  readonly registrationDelayMs?: number;
}

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

/** What the sandbox of a test application is set up by. */
export const FISCAL_TESTING_OPTIONS = Symbol.for('fiscalkit.nestjs.testing-options');
