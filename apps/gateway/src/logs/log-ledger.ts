import { type Entry, type LedgerSignal, refusedKeyInWords, setupInWords } from '@fiscalkit/ledger';
import type { FiscalService } from '@fiscalkit/nestjs';
import { ThrottledCounter } from '../http/throttled-counter.js';
import type { Logger } from './logger.js';

/**
 * Writes down what the ledger does: every change of state, and every outage as it begins and ends. Told at once: where it is, who
 * sells and where documents go; and the accounts that several merchants have, since two shops of one company may share one, but
 * else it is a mistake.
 */
export function logLedger(
  fiscal: Pick<FiscalService, 'observe' | 'setup' | 'sharedAccounts'>,
  logger: Logger,
): void {
  for (const { provider, account, merchants } of fiscal.sharedAccounts()) {
    logger.log('warn', 'account.shared', { provider, account, merchants: merchants.join(',') });
  }
  const setup = fiscal.setup();
  const { place, ...sellers } = setupInWords(setup);
  logger.log('info', 'ledger.open', {
    ...(place !== undefined && { ledger: place }),
    ...sellers,
    count: setup.merchants.length,
  });
  const failures = new LedgerFailures(logger);
  fiscal.observe((event) => {
    switch (event.type) {
      case 'transition': {
        const { id, merchant, provider, reason, state } = event.entry;
        const isDoubtful = state === 'rejected' || state === 'unknown';
        // That a key is refused is told once, not with every attempt.
        const level = reason?.code === 'provider.unauthorized' ? 'debug' : isDoubtful ? 'warn' : 'info';
        logger.log(level, 'entry.changed', {
          receipt_id: id,
          merchant,
          provider,
          from: event.from,
          to: state,
          ...(reason && { code: reason.code }),
        });
        return;
      }
      case 'replayed':
        // A repeat that was known by its content alone may have been meant as a second document.
        if (!event.hadKey) logger.log('info', 'entry.replayed', namesOf(event.entry));
        return;
      case 'twin-refused':
        logger.log('warn', 'entry.twin-refused', namesOf(event.entry));
        return;
      case 'intervention': {
        const { id, merchant, provider, state } = event.entry;
        logger.log('warn', 'entry.intervened', {
          receipt_id: id,
          merchant,
          provider,
          action: event.action,
          by: event.by,
          from: event.from,
          to: state,
        });
        return;
      }
      case 'breaker':
        logger.log('warn', 'breaker.changed', {
          provider: event.provider,
          account: event.account,
          state: event.state,
        });
        return;
      case 'key': {
        const { provider, account, merchant } = event;
        const fields = { provider, account, merchant };
        if (event.state === 'accepted') logger.log('info', 'account.authorized', fields);
        else logger.log('warn', 'account.unauthorized', { ...fields, note: refusedKeyInWords(fields) });
        return;
      }
      case 'restored':
        logger.log('warn', 'ledger.restored', {
          since: event.since.toISOString(),
          until: event.until.toISOString(),
        });
        return;
      case 'store-limit':
        logger.log('warn', 'ledger.limited', { code: event.code });
        return;
      case 'account-held': {
        const { provider, account, merchant, reason: code, entries: count } = event;
        logger.log('warn', 'account.held', { provider, account, merchant, code, count });
        return;
      }
      case 'store-error':
        failures.add(event);
        return;
      default:
        return;
    }
  });
}

function namesOf({ id, merchant, provider }: Entry) {
  return { receipt_id: id, merchant, provider };
}

/** An outage fails every call: the log hears of each kind of failure at once, and then at most so often. Milliseconds. */
const intervalMs = 5_000;

/** Writes down what the ledger could not do, and why, in few lines. */
class LedgerFailures {
  readonly #logger: Logger;
  /** By code and cause, all of which are on lists. */
  readonly #tallies = new Map<string, ThrottledCounter>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add({ code, cause, databaseCode }: Extract<LedgerSignal, { type: 'store-error' }>): void {
    const key = `${code} ${cause} ${databaseCode}`;
    let counter = this.#tallies.get(key);
    if (!counter) {
      const why = { ...(cause && { cause }), ...(databaseCode && { database_code: databaseCode }) };
      counter = new ThrottledCounter(
        (count) => this.#logger.log('error', 'ledger.failed', { code, ...why, count }),
        intervalMs,
      );
      this.#tallies.set(key, counter);
    }
    counter.add();
  }
}
