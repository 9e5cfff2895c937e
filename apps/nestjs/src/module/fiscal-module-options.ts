import type { DeliverySettings, EventSettings, ListLimits } from '@fiscalkit/ledger';
import type { StoreSource } from '../store/store-source.js';
import type { MerchantOptions } from './merchant-options.js';

/** What a FiscalModule is set up with. */
export interface FiscalModuleOptions {
  /** Where documents are kept: `sqlite()` when absent. */
  readonly ledger?: StoreSource;
  /** Who sells, by a stable name: everything that the ledger keeps belongs to one. */
  readonly merchants: Readonly<Record<string, MerchantOptions>>;
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
