import type { Ledger } from '@fiscalkit/ledger';
import { Logger } from '@nestjs/common';
import { lineOfSandbox, lineOfSetup } from './line-of-setup.js';
import { formatLogLine } from './log-line.js';
import { logLineOf } from './log-line-of.js';

/** Whose ledger it is. */
interface LedgerSubject {
  /** Name of the module instance, if it has one. */
  readonly name: string | undefined;
  readonly sandboxUrl: string | null;
}

/**
 * Tells the application's logger what the ledger does, in the context `Fiscal`, or `Fiscal:<name>` for a named instance. At once: where
 * the ledger is, who sells and where documents go, and the accounts that several merchants have.
 */
export function logLedger(ledger: Ledger, { name, sandboxUrl }: LedgerSubject): void {
  const logger = new Logger(name === undefined ? 'Fiscal' : `Fiscal:${name}`);
  for (const { provider, account, merchants } of ledger.sharedAccounts()) {
    const fields = { provider, account, merchants: merchants.join(',') };
    logger.warn(formatLogLine({ level: 'warn', event: 'account.shared', fields }));
  }
  logger.log(formatLogLine(lineOfSetup(ledger.setup())));
  if (sandboxUrl !== null) logger.warn(formatLogLine(lineOfSandbox(sandboxUrl)));
  ledger.observe((event) => {
    const line = logLineOf(event);
    // The logger drops what nobody asked for; Nest 11 answers that question wrongly until levels were set.
    if (line?.stack) logger.error(formatLogLine(line), line.stack);
    else if (line) logger[line.level](formatLogLine(line));
  });
}
