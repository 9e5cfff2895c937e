import type { LedgerStore } from '../store/ledger-store.js';
import type { Merchant } from './merchant.js';

/** Where a provider is called. */
export interface ProviderPlace {
  readonly provider: string;
  /** As its account says it: `https://api.freedompay.uz`. */
  readonly address: string;
}

/** What a ledger was set up with, to be told at the start: no key and no password is in it. */
export interface LedgerSetup {
  /** The file, or `host:port/database` with the schema; `null` for a store that does not say. */
  readonly place: string | null;
  readonly merchants: readonly string[];
  /** Where documents go; each place once, however many merchants have it. */
  readonly providers: readonly ProviderPlace[];
}

/** What a ledger on this store is set up with for these merchants. */
export function ledgerSetup(
  { place }: Pick<LedgerStore, 'place'>,
  merchants: readonly Pick<Merchant, 'id' | 'providers'>[],
): LedgerSetup {
  const places = new Map<string, ProviderPlace>();
  for (const { name: provider, account } of merchants.flatMap(({ providers }) => providers)) {
    places.set(`${provider} ${account.address}`, { provider, address: account.address });
  }
  return { place: place ?? null, merchants: merchants.map(({ id }) => id), providers: [...places.values()] };
}
