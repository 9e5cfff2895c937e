import type { LedgerSetup } from './ledger-setup.js';

/** What is told of a ledger at the start, as text for a log. */
export interface SetupInWords {
  /** Where it is; absent for a store that does not say. */
  readonly place?: string;
  readonly merchants: string;
  /** Where documents go: `freedompay@api.freedompay.uz`. */
  readonly providers: string;
}

/** Tells where a ledger is, who sells and where documents go. */
export function setupInWords({ place, merchants, providers }: LedgerSetup): SetupInWords {
  return {
    ...(place !== null && { place }),
    merchants: some(merchants),
    providers: some(providers.map(({ provider, address }) => `${provider}@${hostOf(address)}`)),
  };
}

/** How many are named: there may be thousands. */
const mostNamed = 20;

function some(names: readonly string[]): string {
  const left = names.length - mostNamed;
  return names.slice(0, mostNamed).join(',') + (left > 0 ? `,… (${left} more)` : '');
}

function hostOf(address: string): string {
  return URL.parse(address)?.host || address;
}
