import { describeSignal, describeStart, type Ledger, type LedgerLogLine } from '@fiscalkit/ledger';
import { Logger } from '@nestjs/common';

/** Origin of the lines. */
interface LedgerSubject {
  /** Name of the module instance, if it has one. */
  readonly name: string | undefined;
  readonly sandboxUrl: string | null;
}

/**
 * Logs what a ledger does with the application's logger, in the context `Fiscal`, or `Fiscal:<name>` for a
 * named instance; and at once where it is, who sells and where documents go.
 */
export function logLedger(
  ledger: Pick<Ledger, 'observe' | 'setup' | 'sharedAccounts'>,
  { name, sandboxUrl }: LedgerSubject,
): void {
  const logger = new Logger(name === undefined ? 'Fiscal' : `Fiscal:${name}`);
  const write = (line: LedgerLogLine) => {
    // The logger drops what nobody asked for; Nest 11 answers that question wrongly until levels were set.
    if (line.failure?.stack) logger.error(textOf(line), line.failure.stack);
    else logger[levelOf(line)](textOf(line));
  };
  for (const line of describeStart(ledger.setup(), ledger.sharedAccounts())) write(line);
  if (sandboxUrl !== null) {
    const note = 'the providers are emulated in this process: no receipt is registered anywhere';
    write({ level: 'warn', event: 'sandbox.open', fields: { at: sandboxUrl }, note });
  }
  ledger.observe((signal) => {
    const { line } = describeSignal(signal);
    if (line) write(line);
  });
}

function levelOf({ level, isUnchanged }: LedgerLogLine): 'debug' | 'log' | 'warn' | 'error' {
  if (isUnchanged) return 'debug';
  return level === 'info' || level === 'notice' ? 'log' : level;
}

/** Returns the line as text: the event, then `name=value` of each field that is known, then words. */
function textOf({ event, fields, note, failure }: LedgerLogLine): string {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  const words = note ?? failure?.message;
  return [event, ...known.map((field) => field.join('=')), ...(words ? ['-', words] : [])].join(' ');
}
