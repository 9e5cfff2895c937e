import type { Provider } from '@fiscalkit/client';
import type {
  CallbackSettings,
  DeliverySettings,
  EventSettings,
  FeedSettings,
  ListLimits,
  Merchant,
} from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import type { StoreSource } from '../store/store-source.js';

/** A merchant whose documents go to the sandbox: its own providers, if it has any, are left alone. */
export type SandboxedMerchant = Omit<MerchantOptions, 'provider' | 'providers'> & {
  readonly provider?: ProviderSource | undefined;
  readonly providers?: readonly ProviderSource[] | undefined;
};

/** Options of a FiscalModule. */
export type FiscalModuleOptions = FiscalModuleSettings & (RealMerchants | SandboxedMerchants);

interface RealMerchants {
  /** The merchants by a stable name: everything that the ledger keeps belongs to one. */
  readonly merchants: Readonly<Record<string, MerchantOptions>>;
  /**
   * `true` for development: the providers are emulated in this process, in place of the merchants' own. Needs
   * `@fiscalkit/sandbox`, and is refused where `NODE_ENV` is `production`, in upper or lower case.
   */
  readonly sandbox?: boolean | undefined;
}

interface SandboxedMerchants {
  readonly sandbox: true;
  /** One merchant, `shop`, the sample shop of the provider's documentation, when absent. */
  readonly merchants?: Readonly<Record<string, SandboxedMerchant>> | undefined;
}

interface FiscalModuleSettings {
  /** Store of the documents: `sqlite()` when absent; with the sandbox, in memory. */
  readonly ledger?: StoreSource;
  /** Settings of the delivery to providers; everything has a default. */
  readonly delivery?: DeliverySettings;
  /** Settings of event delivery; everything has a default. */
  readonly events?: Partial<EventSettings>;
  /**
   * Log of events for `FiscalService.events`: these settings, or `false` to write none and forget those that are
   * kept. When absent, they can't be read here, and the log is left to other processes.
   */
  readonly feed?: Partial<FeedSettings> | false;
  /** Limits of the lists of one merchant that are read or wait; everything has a default. */
  readonly lists?: Partial<ListLimits>;
  /** Callbacks of providers, which a route of the application hands to `FiscalService.callbacks`; none are taken when absent. */
  readonly callbacks?: CallbackSettings | undefined;
  /** Whether this process delivers; `false` for one that only accepts, while others, on the same ledger, deliver. */
  readonly deliver?: boolean;
  /** Milliseconds that calls under way may take to end when the application stops; 10,000 when absent. */
  readonly shutdownGraceMs?: number;
}

/** Creates the options, for `forRootAsync({ useClass | useExisting })`. */
export interface FiscalOptionsFactory {
  createFiscalOptions(): FiscalModuleOptions | Promise<FiscalModuleOptions>;
}

/** A provider, which the module leaves open, or a function that creates one, which it closes. */
export type ProviderSource = Provider | (() => Provider);

/** A merchant without its name, which is its key in the options. */
export type MerchantOptions = Omit<Merchant, 'id' | 'providers'> &
  (
    | { readonly provider: ProviderSource; readonly providers?: never }
    /** Each with another name; a document goes to the first that supports its operation and format. */
    | { readonly providers: readonly ProviderSource[]; readonly provider?: never }
  );

/**
 * Returns the options unchanged. Throws a `FiscalError` with code `module.options` when there are none, as
 * from a factory that returns nothing, when they name no merchants or a merchant without a provider, or ask
 * for the sandbox in production.
 */
export function checkModuleOptions(options: FiscalModuleOptions): FiscalModuleOptions {
  if (!isRecord(options)) throw optionsFault('FiscalModule was given no options.');
  const { sandbox = false, merchants } = options;
  if (typeof sandbox !== 'boolean')
    throw optionsFault('The option sandbox of FiscalModule is true or false.');
  if (sandbox && isProduction(process.env.NODE_ENV)) {
    throw optionsFault(
      'FiscalModule was given sandbox: true where NODE_ENV is production: nothing would be registered.',
    );
  }
  if (sandbox && merchants === undefined) return options;
  if (!isRecord(merchants) || Object.keys(merchants).length === 0)
    throw optionsFault('The options of FiscalModule have no merchants.');
  for (const [id, merchant] of Object.entries<unknown>(merchants)) {
    if (!(sandbox ? isRecord(merchant) : hasProviders(merchant)))
      throw optionsFault(`The merchant ${id} of FiscalModule has no provider.`);
  }
  return options;
}

/** Whether this is production, in any spelling: with the sandbox, nothing would be registered there. */
function isProduction(environment: string | undefined): boolean {
  return environment?.trim().toLowerCase() === 'production';
}

function hasProviders(merchant: unknown): boolean {
  if (!isRecord(merchant)) return false;
  const { provider, providers = [provider] } = merchant;
  if (!Array.isArray(providers) || providers.length === 0) return false;
  return providers.every((each) => typeof each === 'function' || isRecord(each));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Returns the error for options that can't be used; code `module.options`. */
export function optionsFault(message: string): FiscalError {
  return new FiscalError({ code: 'module.options', message, retryable: false });
}
