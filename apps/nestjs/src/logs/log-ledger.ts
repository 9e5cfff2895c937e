import {
  type EntryState,
  type Ledger,
  type LedgerSetup,
  type LedgerSignal,
  refusedKeyInWords,
  setupInWords,
} from '@fiscalkit/ledger';
import { Logger } from '@nestjs/common';

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
export function logLedger(
  ledger: Pick<Ledger, 'observe' | 'setup' | 'sharedAccounts'>,
  { name, sandboxUrl }: LedgerSubject,
): void {
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

/** What is told at the start: where the ledger is, who sells, and where documents go. */
function lineOfSetup(setup: LedgerSetup): LogLine {
  const { place, ...sellers } = setupInWords(setup);
  return {
    level: 'log',
    event: 'ledger.open',
    fields: { ...(place !== undefined && { at: place }), ...sellers },
  };
}

/** What is told at the start of a module whose providers are emulated. */
function lineOfSandbox(url: string): LogLine {
  const words = 'the providers are emulated in this process: no receipt is registered anywhere';
  return { level: 'warn', event: 'sandbox.open', fields: { at: url }, words };
}

/**
 * What is written down of an event, if anything; field by field, so that nothing of a document can slip in. Only an error of the application's
 * own handlers is told in its own words.
 */
function logLineOf(event: LedgerSignal): LogLine | null {
  switch (event.type) {
    case 'accepted':
    case 'replayed': {
      const { id, merchant, operation, provider } = event.entry;
      // A repeat that was known by its content alone may have been meant as a second document.
      const level = event.type === 'replayed' && !event.hadKey ? 'log' : 'debug';
      return { level, event: `entry.${event.type}`, fields: { id, merchant, operation, provider } };
    }
    case 'twin-refused': {
      const { id, merchant, operation, provider } = event.entry;
      return { level: 'warn', event: 'entry.twin-refused', fields: { id, merchant, operation, provider } };
    }
    case 'held': {
      const { id, merchant, operation, provider, reason } = event.entry;
      const fields = { id, merchant, operation, provider, ...(reason && { code: reason.code }) };
      return { level: 'warn', event: 'entry.held', fields };
    }
    case 'transition':
      return lineOfTransition(event);
    case 'intervention': {
      const { id, merchant, operation, provider, state: to } = event.entry;
      const { action, by, from } = event;
      const fields = { id, merchant, operation, provider, action, by, from, to };
      return { level: 'log', event: 'entry.intervened', fields };
    }
    case 'breaker': {
      const { provider, state, account } = event;
      return { level: 'warn', event: 'breaker.changed', fields: { provider, state, account } };
    }
    case 'key':
      return lineOfKey(event);
    case 'account-held': {
      const { provider, account, merchant, reason: code, entries } = event;
      return { level: 'warn', event: 'account.held', fields: { provider, account, merchant, code, entries } };
    }
    case 'restored': {
      const fields = { since: event.since.toISOString(), until: event.until.toISOString() };
      return { level: 'warn', event: 'ledger.restored', fields };
    }
    case 'store-limit':
      return { level: 'warn', event: 'ledger.limited', fields: { code: event.code } };
    case 'store-error': {
      const { code, cause, databaseCode } = event;
      const fields = { code, ...(cause && { cause }), ...(databaseCode && { databaseCode }) };
      return { level: 'error', event: 'ledger.failed', fields };
    }
    case 'event-failed': {
      const { handler, kind, attempts, errorName: error, message: words, stack } = event;
      const fields = { handler, kind, attempts, error };
      return { level: 'error', event: 'handler.failed', fields, words, ...(stack !== null && { stack }) };
    }
    case 'attempt':
      return null;
  }
}

function lineOfKey({ provider, account, merchant, state }: Extract<LedgerSignal, { type: 'key' }>): LogLine {
  const fields = { provider, account, merchant };
  return state === 'refused'
    ? { level: 'warn', event: 'account.unauthorized', fields, words: refusedKeyInWords(fields) }
    : { level: 'log', event: 'account.authorized', fields };
}

function lineOfTransition({ entry, from }: Extract<LedgerSignal, { type: 'transition' }>): LogLine {
  const { id, merchant, operation, provider, state: to, reason } = entry;
  const fields = { id, merchant, operation, provider, from, to, ...(reason && { code: reason.code }) };
  // That a key is refused is told once, not with every attempt.
  const level = reason?.code === 'provider.unauthorized' ? 'debug' : levelOf(from, to);
  return { level, event: 'entry.changed', fields };
}

function levelOf(from: EntryState, to: EntryState): LogLevel {
  if (from === to) return 'debug';
  return to === 'rejected' || to === 'unknown' ? 'warn' : 'log';
}

/** All that a log line may hold. There is no field for a document, a header or a message of somebody else's making. */
export interface LogFields {
  readonly id?: string;
  readonly merchant?: string;
  readonly operation?: string;
  readonly provider?: string;
  readonly account?: string;
  readonly merchants?: string;
  readonly entries?: number;
  /** Where a ledger is; never with a password. */
  readonly at?: string;
  readonly providers?: string;
  readonly from?: string;
  readonly to?: string;
  readonly state?: string;
  readonly code?: string;
  readonly action?: string;
  readonly by?: string;
  readonly handler?: string;
  readonly kind?: string;
  readonly attempts?: number;
  /** Of what time a restored ledger may know nothing. */
  readonly since?: string;
  readonly until?: string;
  readonly error?: string;
}

export type LogLevel = 'debug' | 'log' | 'warn' | 'error';

/** One line for the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
  /** What is the matter, in words of ours, or of the application's own error. */
  readonly words?: string;
  /** Where the application's own error came from. */
  readonly stack?: string;
}

/** The line as text: the event, then `name=value` of what is known, then words. */
function formatLogLine({ event, fields, words }: LogLine): string {
  const known = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [event, ...known, ...(words ? ['-', words] : [])].join(' ');
}
