import type { LedgerSetup } from '@fiscalkit/ledger';
import type { LogFields } from './logger.js';

/** What is told of a ledger at the start: where it is, who sells, and where documents go. */
export function setupFields({ place, merchants, providers }: LedgerSetup): LogFields {
  return {
    ...(place !== null && { ledger: place }),
    merchants: some(merchants),
    providers: some(providers.map(({ provider, address }) => `${provider}@${hostOf(address)}`)),
    count: merchants.length,
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
