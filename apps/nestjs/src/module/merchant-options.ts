import type { Provider } from '@fiscalkit/client';
import type { Merchant } from '@fiscalkit/ledger';

/** A provider, which stays open when the module stops; or how to create one, which the module then closes. */
export type ProviderSource = Provider | (() => Provider);

/** A merchant without its name, which is its key in the options. */
export type MerchantOptions = Omit<Merchant, 'id' | 'providers'> &
  (
    | { readonly provider: ProviderSource; readonly providers?: never }
    /** Each with another name; a document goes to the first that takes its operation and format. */
    | { readonly providers: readonly ProviderSource[]; readonly provider?: never }
  );
