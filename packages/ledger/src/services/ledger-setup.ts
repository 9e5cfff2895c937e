import { accountName } from '../entry/accounts.js';
import type { LedgerStore } from '../store/ledger-store.js';
import type { Merchant } from './merchants.js';

/** Address of a provider. */
export interface ProviderPlace {
  readonly provider: string;
  /** As in its account: `https://api.freedompay.uz`. */
  readonly address: string;
}

/** Setup of a ledger, for a report at the start: contains no key and no password. */
export interface LedgerSetup {
  /** The file, or `host:port/database` with the schema; `null` for a store that has no place. */
  readonly place: string | null;
  readonly merchants: readonly string[];
  /** Destinations of documents; each once, however many merchants have it. */
  readonly providers: readonly ProviderPlace[];
}

/** Returns the setup of a ledger on this store for these merchants. */
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

/** An account that several merchants share: documents of the same payment id wait there for each other. */
export interface SharedAccount {
  readonly provider: string;
  readonly account: string;
  readonly merchants: readonly string[];
}

/** Returns the accounts that several merchants share. Two shops of one company may; else it is a mistake. */
export function sharedAccounts(merchants: readonly Pick<Merchant, 'id' | 'providers'>[]): SharedAccount[] {
  const accounts = new Map<string, { provider: string; account: string; merchants: string[] }>();
  for (const { id, providers } of merchants) {
    for (const provider of providers) {
      const account = accountName(provider, id);
      const key = `${provider.name} ${account}`;
      const known = accounts.get(key);
      if (known) known.merchants.push(id);
      else accounts.set(key, { provider: provider.name, account, merchants: [id] });
    }
  }
  return Array.from(accounts.values()).filter((each) => each.merchants.length > 1);
}

/** Setup of a ledger as text for a log. */
export interface SetupInWords {
  /** Place of the ledger; absent for a store that has none. */
  readonly place?: string;
  readonly merchants: string;
  /** Destinations of documents: `freedompay@api.freedompay.uz`. */
  readonly providers: string;
}

/** Describes where a ledger is, who sells and where documents go. */
export function setupInWords({ place, merchants, providers }: LedgerSetup): SetupInWords {
  return {
    ...(place !== null && { place }),
    merchants: some(merchants),
    providers: some(providers.map(({ provider, address }) => `${provider}@${hostOf(address)}`)),
  };
}

/** Most names that are listed: there may be thousands. */
const mostNamed = 20;

function some(names: readonly string[]): string {
  const left = names.length - mostNamed;
  return names.slice(0, mostNamed).join(',') + (left > 0 ? `,… (${left} more)` : '');
}

function hostOf(address: string): string {
  return URL.parse(address)?.host || address;
}
