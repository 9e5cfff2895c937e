import {
  accountChanged,
  accountName,
  isAccountOf,
  namesNoAddress,
  providerUnconfigured,
} from '../entry/accounts.js';
import type { BacklogName, HoldQuery, Wait } from '../store/ledger-store.js';
import type { QueueDependencies } from './queue-settings.js';

/** Handling of the entries of one backlog that this process does not deliver. */
type Verdict = Pick<HoldQuery, 'reason' | 'moveTo' | 'moves'>;

/** Dependencies of their handling. */
type StrayDependencies = Pick<QueueDependencies, 'provider' | 'resolve' | 'emit'> & {
  readonly store: Pick<QueueDependencies['store'], 'holdAccount'>;
  readonly settings: Pick<QueueDependencies['settings'], 'unconfiguredMs'>;
};

/** Most entries that one write may change: other work proceeds in between. */
const sliceSize = 500;

/**
 * Settles entries for accounts that this process does not deliver to. What was never sent moves to the
 * account that is configured now, if only its address differs; everything else gets a reason to wait, once.
 * Such entries are never claimed, so they cost neither attempts nor journal rows, and a process that has
 * their account configured delivers them as they are.
 */
export class StrayEntries {
  readonly #dependencies: StrayDependencies;
  /** Backlogs that are left in this round. */
  #left: BacklogName[] = [];
  /** Least time for which entries of this round have been due, in milliseconds; `null` for any. */
  #dueForMs: number | null = null;
  #nextRoundAt = Number.NEGATIVE_INFINITY;
  #written = 0;

  constructor(dependencies: StrayDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Adds backlogs that were found. The first round, at the start, includes everything; later ones leave time
   * to the processes that may have the account configured.
   */
  found(waits: readonly Wait[], now: number): void {
    if (this.#left.length > 0 || now < this.#nextRoundAt) return;
    const { unconfiguredMs } = this.#dependencies.settings;
    this.#dueForMs = Number.isFinite(this.#nextRoundAt) ? unconfiguredMs : null;
    this.#nextRoundAt = now + unconfiguredMs;
    this.#left = waits.map(({ account, merchant }) => ({ account, merchant }));
  }

  /** Whether backlogs are left in this round. */
  get isBusy(): boolean {
    return this.#left.length > 0;
  }

  /** Settles some entries; returns whether any moved to another account. */
  async settleSome(): Promise<boolean> {
    const [first] = this.#left;
    if (!first) return false;
    const { store, provider, emit } = this.#dependencies;
    const verdict = this.#verdictOn(first);
    const { moved, held } = await store.holdAccount({
      ...first,
      ...verdict,
      provider,
      dueForMs: this.#dueForMs,
      limit: sliceSize,
    });
    this.#written += held;
    if (moved + held < sliceSize) {
      this.#left.shift();
      if (this.#written > 0)
        emit({
          type: 'account-held',
          provider,
          ...first,
          reason: verdict.reason.code,
          entries: this.#written,
        });
      this.#written = 0;
    }
    return moved > 0;
  }

  #verdictOn({ account, merchant }: BacklogName): Verdict {
    const provider = this.#dependencies.resolve(merchant, this.#dependencies.provider);
    if (provider === null) return { reason: providerUnconfigured, moveTo: null, moves: 'unsent' };
    const configured = accountName(provider, merchant);
    // An entry of a ledger from before accounts belongs to the account that is configured.
    if (namesNoAddress(account, provider.name))
      return { reason: accountChanged, moveTo: configured, moves: 'all' };
    const moveTo = isAccountOf(account, provider, merchant) ? configured : null;
    return { reason: accountChanged, moveTo, moves: 'unsent' };
  }
}
