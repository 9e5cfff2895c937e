import type { SandboxMerchant } from '../merchant.js';
import type { RegisterDependencies } from '../register-dependencies.js';

/** Dependencies of the emulated receipts API. */
export interface FreedompayDependencies extends RegisterDependencies {
  readonly merchants: ReadonlyMap<string, SandboxMerchant>;
}
