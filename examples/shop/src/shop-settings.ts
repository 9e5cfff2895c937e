import { sampleMerchant as documented, type SandboxMerchant } from '@fiscalkit/sandbox';

/** Settings of a shop. */
export interface ShopSettings {
  /**
   * `postgres://…`: the shop's tables and the ledger are in the same database, so that one transaction spans
   * both.
   */
  readonly databaseUrl: string;
  /** Where the providers' APIs are: the sandbox here. */
  readonly providerUrl: string;
  readonly merchant: SandboxMerchant;
  /** File that the mails to buyers go to, one JSON document a line. */
  readonly mailFile: string;
}

/** Injection token of `ShopSettings`. */
export const SHOP_SETTINGS = Symbol('shop settings');

/** The sample shop of the provider's documentation, in Uzbekistan. */
export const sampleMerchant: SandboxMerchant = { ...documented, company: { inn: '123456789' } };
