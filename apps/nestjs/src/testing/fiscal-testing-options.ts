import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { FiscalModuleExtras } from '../module/fiscal.module-definition.js';
import type { FiscalModuleOptions } from '../module/fiscal-module-options.js';
import type { TestMerchant } from './test-merchant.js';

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
