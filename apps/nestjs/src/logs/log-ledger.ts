import type { Ledger } from '@fiscalkit/ledger';
import { Logger } from '@nestjs/common';
import { lineOfSetup } from './line-of-setup.js';
import { formatLogLine } from './log-line.js';
import { logLineOf } from './log-line-of.js';

/**
 * Tells the application's logger what the ledger does, in the context `Fiscal`, or `Fiscal:<name>` for a named instance. At once: where
 * the ledger is, who sells and where documents go, and the accounts that several merchants have.
 */
export function logLedger(ledger: Ledger, name?: string): void {
  const logger = new Logger(name === undefined ? 'Fiscal' : `Fiscal:${name}`);
  for (const { provider, account, merchants } of ledger.sharedAccounts()) {
    const fields = { provider, account, merchants: merchants.join(',') };
    logger.warn(formatLogLine({ level: 'warn', event: 'account.shared', fields }));
  }
  logger.log(formatLogLine(lineOfSetup(ledger.setup())));
  ledger.observe((event) => {
    const line = logLineOf(event);
    // The logger drops what nobody asked for; Nest 11 answers that question wrongly until levels were set.
    if (line?.stack) logger.error(formatLogLine(line), line.stack);
    else if (line) logger[line.level](formatLogLine(line));
  });
}
