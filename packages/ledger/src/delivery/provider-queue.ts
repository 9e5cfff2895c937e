import type { Provider } from '@fiscalkit/client';
import { accountName } from '../entry/accounts.js';
import type { BreakerState } from '../entry/signals.js';
import type { BacklogName, Claim } from '../store/ledger-store.js';
import { type Backlog, Backlogs, type QueueAccount, type Turn } from './backlogs.js';
import { DeliveryWorker } from './delivery-worker.js';
import type { QueueDependencies } from './queue-settings.js';
import { StrayEntries } from './stray-entries.js';
import { WorkLoop } from './work-loop.js';

/** An account with suspended calls, or with refused keys. */
export interface TroubledAccount {
  readonly provider: string;
  /** Account as `accountName` writes it: the provider's id of the merchant, and the address. */
  readonly account: string;
  readonly breaker: BreakerState;
  /** Remaining pause that the provider asked for, in milliseconds from now; 0 for none. */
  readonly pausedMs: number;
  /** Merchants whose key it refused last; empty while it refuses none. */
  readonly refusedKeysOf: readonly string[];
}

/**
 * Delivers the entries of one provider: claims what is due, within the limits of each account, and works on
 * it. No account delays another.
 */
export class ProviderQueue {
  readonly #dependencies: QueueDependencies;
  readonly #backlogs: Backlogs;
  readonly #strays: StrayEntries;
  readonly #pollTimes: PollTimes;
  readonly #worker: DeliveryWorker;
  readonly #loop: WorkLoop;
  #begun = false;
  /** Whether more may be due than there were places for. */
  #crowded = false;
  #refilling = false;

  constructor(dependencies: QueueDependencies) {
    this.#dependencies = dependencies;
    const { emit, random, settings, places } = dependencies;
    this.#backlogs = new Backlogs({ settings, places, providerOf: (name) => this.#providerOf(name) });
    this.#strays = new StrayEntries(dependencies);
    this.#pollTimes = new PollTimes(settings.pollMs);
    this.#worker = new DeliveryWorker(dependencies, {
      placeFreed: dependencies.placeFreed,
      ended: (account) => this.#ended(account),
    });
    this.#loop = new WorkLoop({ turn: () => this.#turn(), pollMs: settings.pollMs, emit, random });
  }

  start(): void {
    this.#loop.start();
  }

  /** Signals that an entry may be due. */
  wake(name: BacklogName): void {
    if (!this.#backlogs.wake(name, this.#dependencies.elapsed())) this.#pollTimes.hurry();
    this.#loop.wake();
  }

  /** Signals that entries of unknown accounts may be due. */
  wakeAll(): void {
    this.#pollTimes.hurry();
    this.#loop.wake();
  }

  /**
   * Claims at the end of this turn of the event loop: one claim for all the places that become free in it, in
   * the commit that writes the results of the calls that had them.
   */
  refill(): void {
    if (!this.#crowded || this.#refilling) return;
    this.#refilling = true;
    setImmediate(() => {
      this.#refilling = false;
      this.#loop.wake();
    });
  }

  /** Returns the worst state of the breakers. */
  breakerState(): BreakerState {
    const states = new Set(this.troubledAccounts().map(({ breaker }) => breaker));
    if (states.has('open')) return 'open';
    return states.has('half-open') ? 'half-open' : 'closed';
  }

  troubledAccounts(): TroubledAccount[] {
    const { provider, elapsed } = this.#dependencies;
    const now = elapsed();
    const refused = this.#worker.refusedKeys();
    const accounts: TroubledAccount[] = Array.from(this.#backlogs.accounts, ({ name, gate }) => {
      const refusedKeysOf = refused.get(name) ?? [];
      refused.delete(name);
      const pausedMs = Math.ceil(gate.pauseMs(now));
      return { provider, account: name, breaker: gate.breakerState(now), pausedMs, refusedKeysOf };
    });
    // Of an account without work, nothing else is known any more.
    for (const [account, refusedKeysOf] of refused) {
      accounts.push({ provider, account, breaker: 'closed', pausedMs: 0, refusedKeysOf });
    }
    return accounts.filter(
      ({ breaker, pausedMs, refusedKeysOf }) =>
        breaker !== 'closed' || pausedMs > 0 || refusedKeysOf.length > 0,
    );
  }

  /** Stops claiming, aborts the calls that outlast the grace; resolves when their results are written. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    await this.#worker.drain(graceMs);
  }

  #providerOf({ account, merchant }: BacklogName): Provider | null {
    const provider = this.#dependencies.resolve(merchant, this.#dependencies.provider);
    return provider && accountName(provider, merchant) === account ? provider : null;
  }

  /** Does what can be done now; returns how long to sleep. */
  async #turn(): Promise<number> {
    const { elapsed } = this.#dependencies;
    await this.#begin();
    await this.#watchBreakers();
    if (this.#pollTimes.dueInMs(elapsed()) === 0) await this.#poll();
    await this.#makeTrialsDueNow();
    const turn = this.#backlogs.turn(elapsed());
    this.#crowded = true;
    if (turn.shares.length > 0) {
      await this.#fill(turn.shares);
      return 0;
    }
    this.#crowded = turn.isCrowded;
    if (this.#strays.isBusy) {
      if (await this.#strays.settleSome()) this.#pollTimes.hurry();
      return 0;
    }
    return Math.min(turn.againInMs, this.#pollTimes.dueInMs(elapsed()));
  }

  /** Makes entries due that waited for the end of an outage when an earlier process ended: it may be over. */
  async #begin(): Promise<void> {
    if (this.#begun) return;
    await this.#dependencies.store.makeDueNow(this.#dependencies.provider);
    this.#begun = true;
  }

  async #watchBreakers(): Promise<void> {
    const { provider, elapsed, emit } = this.#dependencies;
    const now = elapsed();
    const healed: QueueAccount[] = [];
    for (const account of this.#backlogs.accounts) {
      const state = account.gate.breakerState(now);
      if (state === account.breakerState) continue;
      account.breakerState = state;
      account.madeDue = false;
      emit({ type: 'breaker', provider, account: account.name, state });
      if (state === 'closed') healed.push(account);
    }
    await this.#makeDueNow(healed);
  }

  /**
   * Makes entries due for the trials of half-open breakers: while a breaker is open, it sets the pace, so an
   * entry that would wait longer serves as its trial.
   */
  async #makeTrialsDueNow(): Promise<void> {
    const now = this.#dependencies.elapsed();
    const idle: QueueAccount[] = [];
    for (const account of this.#backlogs.accounts) {
      if (idle.length >= this.#dependencies.places.trials) break;
      if (account.breakerState !== 'half-open' || account.madeDue || !waitsLater(account, now)) continue;
      if (account.gate.opening(now).calls > 0) idle.push(account);
    }
    for (const account of idle) account.madeDue = true;
    await this.#makeDueNow(idle);
  }

  async #makeDueNow(accounts: readonly QueueAccount[]): Promise<void> {
    if (accounts.length === 0) return;
    const { store, provider, elapsed } = this.#dependencies;
    const names = accounts.map(({ name }) => name);
    if ((await store.makeDueNow(provider, names)) === 0) return;
    for (const account of accounts) this.#backlogs.wakeAccount(account, elapsed());
  }

  /** Queries the store for all that waits, which finds what this process has not been told of. */
  async #poll(): Promise<void> {
    const { store, provider, elapsed } = this.#dependencies;
    for (const backlog of this.#backlogs.all) backlog.woken = false;
    this.#pollTimes.begin(elapsed());
    const waits = await store.waiting(provider);
    const now = elapsed();
    this.#pollTimes.end(now);
    this.#strays.found(this.#backlogs.hearAll(waits, now), now);
    for (const account of this.#backlogs.accounts) account.madeDue = false;
  }

  /** Claims and begins calls; queries when the backlogs that had less than their share are due next. */
  async #fill(shares: Turn['shares']): Promise<void> {
    const { store, provider, settings, worker, elapsed } = this.#dependencies;
    for (const { backlog } of shares) backlog.woken = false;
    const requestedAt = elapsed();
    const requested = shares.map(({ backlog: _, ...share }) => share);
    const claims = await store.claim({ provider, shares: requested, leaseMs: settings.leaseMs, worker });
    const taken = new Map<Backlog, number>();
    for (const claim of claims) {
      const backlog = backlogOf(claim, shares);
      if (!backlog) continue;
      taken.set(backlog, (taken.get(backlog) ?? 0) + 1);
      this.#worker.take(claim, backlog, requestedAt);
    }
    const limits = new Map<Backlog, number>();
    for (const { backlog, limit } of shares) limits.set(backlog, (limits.get(backlog) ?? 0) + limit);
    const exhausted = Array.from(limits.keys()).filter(
      (backlog) => (taken.get(backlog) ?? 0) < (limits.get(backlog) ?? 0),
    );
    if (exhausted.length === 0) return;
    const names = exhausted.map(({ account, merchant }) => ({ account: account.name, merchant }));
    const waits = await store.waiting(provider, names);
    this.#backlogs.hear(exhausted, waits, elapsed());
  }

  #ended(account: QueueAccount): void {
    const { elapsed, isShared } = this.#dependencies;
    account.madeDue = false;
    this.#backlogs.wakeAccount(account, elapsed());
    // What waited behind the entry may be another merchant's, with nothing due until now.
    if (isShared(account.name)) this.#pollTimes.hurry();
    this.#loop.wake();
  }
}

function waitsLater({ backlogs }: QueueAccount, now: number): boolean {
  return backlogs.size > 0 && Array.from(backlogs).every(({ dueAt }) => dueAt > now);
}

function backlogOf({ entry }: Claim, shares: Turn['shares']): Backlog | undefined {
  if (shares.length === 1) return shares[0]?.backlog;
  return shares.find(({ account, merchant }) => entry.account === account && entry.merchant === merchant)
    ?.backlog;
}

/** Least wait after a poll, as a multiple of its duration: polls take no more than a quarter of the time. */
const leastRest = 3;

/** Decides when to query the store for all that waits: from time to time, and soon after an unseen event. */
class PollTimes {
  readonly #everyMs: number;
  #isHurried = true;
  #begunAt = 0;
  #tookMs = 0;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Requests an early poll. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** Milliseconds until the next poll. */
  dueInMs(now: number): number {
    const restMs = this.#isHurried ? leastRest * this.#tookMs : this.#everyMs;
    return Math.max(0, this.#endedAt + restMs - now);
  }

  begin(now: number): void {
    this.#isHurried = false;
    this.#begunAt = now;
  }

  end(now: number): void {
    this.#tookMs = now - this.#begunAt;
    this.#endedAt = now;
  }
}
