import type { LedgerSetup } from '@fiscalkit/ledger';
import type { LogLine } from './log-line.js';

/** What is told at the start: where the ledger is, who sells, and where documents go. */
export function lineOfSetup({ place, merchants, providers }: LedgerSetup): LogLine {
  const fields = {
    ...(place !== null && { at: place }),
    merchants: some(merchants),
    providers: some(providers.map(({ provider, address }) => `${provider}@${hostOf(address)}`)),
  };
  return { level: 'log', event: 'ledger.open', fields };
}

/** What is told at the start of a module whose providers are emulated. */
export function lineOfSandbox(url: string): LogLine {
  const words = 'the providers are emulated in this process: no receipt is registered anywhere';
  return { level: 'warn', event: 'sandbox.open', fields: { at: url }, words };
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
