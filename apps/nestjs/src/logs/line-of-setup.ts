import { type LedgerSetup, setupInWords } from '@fiscalkit/ledger';
import type { LogLine } from './log-line.js';

/** What is told at the start: where the ledger is, who sells, and where documents go. */
export function lineOfSetup(setup: LedgerSetup): LogLine {
  const { place, ...sellers } = setupInWords(setup);
  return {
    level: 'log',
    event: 'ledger.open',
    fields: { ...(place !== undefined && { at: place }), ...sellers },
  };
}

/** What is told at the start of a module whose providers are emulated. */
export function lineOfSandbox(url: string): LogLine {
  const words = 'the providers are emulated in this process: no receipt is registered anywhere';
  return { level: 'warn', event: 'sandbox.open', fields: { at: url }, words };
}
