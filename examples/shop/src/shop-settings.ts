import type { SandboxMerchant } from '@fiscalkit/sandbox';

/** What a shop is set up with. */
export interface ShopSettings {
  /** `postgres://…`: the shop's tables and the ledger are in the same database, so that one transaction spans both. */
  readonly databaseUrl: string;
  /** Where the providers' APIs are: the sandbox here. */
  readonly providerUrl: string;
  readonly merchant: SandboxMerchant;
  /** File that the mails to buyers go to, one JSON document a line. */
  readonly mailFile: string;
}

/** What `ShopSettings` are injected by. */
export const SHOP_SETTINGS = Symbol('shop settings');
