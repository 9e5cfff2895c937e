import type { LedgerSignal, TroubledAccount } from '@fiscalkit/ledger';
import type { FiscalService } from '@fiscalkit/nestjs';
import { Histogram, Registry } from 'prom-client';
import { durationBuckets, Instruments } from './instruments.js';

const outcomes = ['registered', 'rejected', 'unknown'] as const;

/** Counts what the ledger does in this process. */
export class LedgerCounters {
  readonly #counters;
  readonly #attempts;

  constructor(registry: Registry) {
    const instruments = new Instruments(registry);
    this.#counters = {
      accepted: instruments.counter('accepted', 'Documents accepted: durable, and owed to a provider', [
        'operation',
      ]),
      sameContent: instruments.counter(
        'same_content',
        'Documents without a key that were answered with the stored one of the same content',
        ['operation'],
      ),
      twinsRefused: instruments.counter('twins_refused', 'Receipts refused as twins of stored ones', [
        'operation',
      ]),
      registered: instruments.counter('registered', 'Documents registered by a provider', ['provider']),
      rejected: instruments.counter('rejected', 'Documents rejected by a provider for good', ['provider']),
      unknown: instruments.counter('unknown', 'Attempts whose outcome was unknown at first', ['provider']),
      storeErrors: instruments.counter('store_errors', 'Calls that the ledger could not carry out', ['code']),
      interventions: instruments.counter('interventions', 'What administrators did to entries', ['action']),
    };
    this.#attempts = new Histogram({
      name: 'fiscalkit_attempt_duration_seconds',
      help: 'Duration of one call to a provider',
      labelNames: ['provider', 'step', 'verdict'],
      buckets: durationBuckets,
      registers: [registry],
    });
  }

  /** Tells what has not happened yet as zero. */
  begin(providers: readonly string[]): void {
    for (const provider of providers) {
      for (const outcome of outcomes) this.#counters[outcome].inc({ provider }, 0);
    }
  }

  count(event: LedgerSignal): void {
    switch (event.type) {
      case 'accepted':
        this.#counters.accepted.inc({ operation: event.entry.operation });
        return;
      case 'replayed':
        if (!event.hadKey) this.#counters.sameContent.inc({ operation: event.entry.operation });
        return;
      case 'twin-refused':
        this.#counters.twinsRefused.inc({ operation: event.entry.operation });
        return;
      case 'transition':
        this.#countTransition(event);
        return;
      case 'attempt':
        this.#attempts.observe(
          { provider: event.provider, step: event.step, verdict: event.verdict },
          event.durationMs / 1000,
        );
        return;
      case 'intervention':
        this.#counters.interventions.inc({ action: event.action });
        return;
      case 'store-error':
        this.#counters.storeErrors.inc({ code: event.code });
        return;
      default:
        return;
    }
  }

  #countTransition({ entry, from }: Extract<LedgerSignal, { type: 'transition' }>): void {
    const to = entry.state;
    if (from === to) return;
    if (to === 'registered' || to === 'rejected' || to === 'unknown') {
      this.#counters[to].inc({ provider: entry.provider });
    }
  }
}

type Figures = Awaited<ReturnType<FiscalService['figures']>>;

/** Shows what is in the ledger, in a registry of their own: while the ledger can't be read, they are left out. */
export class LedgerGauges {
  readonly #registry = new Registry();
  readonly #gauges;

  constructor() {
    const instruments = new Instruments(this.#registry);
    this.#gauges = {
      due: instruments.gauge('due', 'Documents whose next step is due now'),
      entries: instruments.gauge('entries', 'Documents in the ledger by state', ['state']),
      oldest: instruments.gauge('oldest_pending_age_seconds', 'Age of the oldest document that is not final'),
      held: instruments.gauge(
        'held',
        'Documents that are held because their sale was rejected: a person should look',
      ),
      overdue: instruments.gauge('overdue', 'Documents that are not final long after they were accepted'),
      unknownForLong: instruments.gauge(
        'unknown_for_long',
        'Documents whose outcome has been unknown for long: a person should look',
      ),
    };
  }

  /** The figures that were read, as text. */
  text({ due, held, byState, oldestUnfinishedAt, overdue, unknownForLong }: Figures): Promise<string> {
    const gauges = this.#gauges;
    gauges.due.set(due);
    gauges.held.set(held);
    gauges.overdue.set(overdue);
    gauges.unknownForLong.set(unknownForLong);
    const since = oldestUnfinishedAt?.getTime() ?? Date.now();
    // The clock of the ledger's server may be ahead of this one.
    gauges.oldest.set(Math.max(0, Date.now() - since) / 1000);
    for (const [state, count] of Object.entries(byState)) gauges.entries.set({ state }, count);
    return this.#registry.metrics();
  }
}

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Why calls are kept from an account, or in vain. Accounts themselves are no labels: there may be thousands. */
const whys = ['open', 'half-open', 'paused', 'key'] as const;

function whyOf({ breaker, pausedMs }: TroubledAccount): (typeof whys)[number] {
  if (breaker !== 'closed') return breaker;
  return pausedMs > 0 ? 'paused' : 'key';
}

/** Shows how the accounts of the providers are doing, as this process sees them. */
export class AccountGauges {
  readonly #gauges;

  constructor(registry: Registry) {
    const instruments = new Instruments(registry);
    this.#gauges = {
      breakers: instruments.gauge(
        'breaker_state',
        'Circuit breaker of the account that is worst off: 0 closed, 1 half-open, 2 open',
        ['provider'],
      ),
      accounts: instruments.gauge(
        'accounts_troubled',
        'Accounts that calls are kept from, or that refuse a key, by why',
        ['provider', 'why'],
      ),
    };
  }

  read(fiscal: Pick<FiscalService, 'breakers' | 'troubledAccounts'>): void {
    const { breakers, accounts } = this.#gauges;
    for (const [provider, state] of Object.entries(fiscal.breakers())) {
      breakers.set({ provider }, breakerValues[state]);
      for (const why of whys) accounts.set({ provider, why }, 0);
    }
    for (const account of fiscal.troubledAccounts()) {
      accounts.inc({ provider: account.provider, why: whyOf(account) });
    }
  }
}
