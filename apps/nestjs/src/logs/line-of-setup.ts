import type { LedgerSetup } from '@fiscalkit/ledger';
import type { LogLine } from './log-line.js';

/** What is told at the start: where the ledger is, who sells, and where documents go. */
export function lineOfSetup({ place, merchants, providers }: LedgerSetup): LogLine {
  const fields = {
    ...(place !== null && { at: place }),
    merchants: some(merchants),
    providers: some(providers.map(({ provider, address }) => `${provider}@${address}`)),
  };
  return { level: 'log', event: 'ledger.open', fields };
}

/** How many are named: there may be thousands. */
const mostNamed = 20;

function some(names: readonly string[]): string {
  const left = names.length - mostNamed;
  return names.slice(0, mostNamed).join(',') + (left > 0 ? `,… (${left} more)` : '');
}
