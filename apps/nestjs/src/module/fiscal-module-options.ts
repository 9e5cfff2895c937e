import type { DeliverySettings, EventSettings, ListLimits } from '@fiscalkit/ledger';
import type { StoreSource } from '../store/store-source.js';
import type { MerchantOptions, ProviderSource } from './merchant-options.js';

/** A merchant whose documents go to the sandbox: its own providers, if it has any, are left alone. */
export type SandboxedMerchant = Omit<MerchantOptions, 'provider' | 'providers'> & {
  readonly provider?: ProviderSource | undefined;
  readonly providers?: readonly ProviderSource[] | undefined;
};

/** What a FiscalModule is set up with. */
export type FiscalModuleOptions = FiscalModuleSettings & (RealMerchants | SandboxedMerchants);

interface RealMerchants {
  /** Who sells, by a stable name: everything that the ledger keeps belongs to one. */
  readonly merchants: Readonly<Record<string, MerchantOptions>>;
  /**
   * `true` for development: the providers are emulated in this process, in the place of the merchants' own. Needs `@fiscalkit/sandbox`,
   * and is refused where `NODE_ENV` is `production`, in letters of any size.
   */
  readonly sandbox?: boolean | undefined;
}

interface SandboxedMerchants {
  readonly sandbox: true;
  /** One merchant, `shop`, the sample shop of the provider's documentation, when absent. */
  readonly merchants?: Readonly<Record<string, SandboxedMerchant>> | undefined;
}

interface FiscalModuleSettings {
  /** Where documents are kept: `sqlite()` when absent; with the sandbox, in memory. */
  readonly ledger?: StoreSource;
  /** How documents are delivered to providers; everything has a default. */
  readonly delivery?: DeliverySettings;
  /** How handlers are called with events; everything has a default. */
  readonly events?: Partial<EventSettings>;
  /** How many lists of one merchant are read at the same time and may wait; everything has a default. */
  readonly lists?: Partial<ListLimits>;
  /** Whether this process delivers; `false` for one that only accepts, while others, on the same ledger, deliver. */
  readonly deliver?: boolean;
  /** How long calls under way may take to end when the application stops, in milliseconds; 10,000 when absent. */
  readonly shutdownGraceMs?: number;
}

/** Creates the options, for `forRootAsync({ useClass | useExisting })`. */
export interface FiscalOptionsFactory {
  createFiscalOptions(): FiscalModuleOptions | Promise<FiscalModuleOptions>;
}
