import { describeSignal, describeStart, type LedgerLogField, type LedgerLogLine } from '@fiscalkit/ledger';
import type { FiscalService } from '@fiscalkit/nestjs';
import { ThrottledCounter } from '../http/throttled-counter.js';
import type { LogFields, Logger } from './logger.js';

/** Names of the ledger's fields that are called otherwise here; `null` for one that the log has not. */
const ourNames: {
  readonly [Field in Exclude<LedgerLogField, keyof LogFields>]: keyof LogFields | null;
} = {
  id: 'receipt_id',
  operation: null,
  entries: 'count',
  at: 'ledger',
  databaseCode: 'database_code',
  error: 'error_name',
};
const renamed = new Map<string, string | null>(Object.entries(ourNames));

/** Least time between two lines about one kind of failure, in milliseconds: an outage fails every call. */
const intervalMs = 5_000;

/** Logs what a ledger does, and at once where it is, who sells and where documents go. */
export function logLedger(
  fiscal: Pick<FiscalService, 'observe' | 'setup' | 'sharedAccounts'>,
  logger: Logger,
): void {
  const write = ({ level, event, fields, note }: LedgerLogLine, count?: number) => {
    const named: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(fields)) named[renamed.get(field) ?? field] = value;
    if (note !== undefined) named.note = note;
    if (count !== undefined) named.count = count;
    logger.log(level === 'notice' ? 'warn' : level, event, named);
  };
  const setup = fiscal.setup();
  for (const line of describeStart(setup, fiscal.sharedAccounts()))
    write(line, line.event === 'ledger.open' ? setup.merchants.length : undefined);

  /** By their fields, all of which are on lists. */
  const failures = new Map<string, ThrottledCounter>();
  fiscal.observe((signal) => {
    const { line } = describeSignal(signal);
    // What is held is logged once, whichever process handles the durable event: by `DelayReporter`.
    if (!line || signal.type === 'held') return;
    if (signal.type !== 'store-error') return write(line);
    const kind = Object.values(line.fields).join(' ');
    const counter = failures.get(kind) ?? new ThrottledCounter((count) => write(line, count), intervalMs);
    failures.set(kind, counter);
    counter.add();
  });
}
