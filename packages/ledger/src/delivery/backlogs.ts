import type { AccountLimits, Provider } from '@fiscalkit/client';
import type { BreakerState } from '../entry/signals.js';
import type { BacklogName, ClaimShare, Wait } from '../store/ledger-store.js';
import { AccountAdmission } from './account-admission.js';
import type { Places } from './places.js';
import type { QueueSettings } from './queue-settings.js';

/** Dependencies of the backlogs. */
export interface BacklogsDependencies {
  readonly settings: QueueSettings;
  readonly places: Places;
  /** Returns the provider of a backlog; `null` where none is configured for this account. */
  readonly providerOf: (name: BacklogName) => Provider | null;
}

/** Shares that may be claimed now, and when to ask again if there are none. */
export interface Turn {
  readonly shares: readonly (ClaimShare & { readonly backlog: Backlog })[];
  readonly againInMs: number;
  /** Whether something is due for which there was no place. */
  readonly isCrowded: boolean;
}

/** Least time between two polls of an empty backlog, in milliseconds: wrong due times make no hot loop. */
const leastWaitMs = 10;

/** The same for an account whose places another process may have, of which nothing is heard when it frees one. */
const placeTakenMs = 100;

/**
 * Known backlogs of the accounts of one provider. An account without work and without trouble is dropped: it
 * costs nothing until it has work again.
 */
export class Backlogs {
  readonly #dependencies: BacklogsDependencies;
  readonly #accounts = new Map<string, QueueAccount>();
  /** Ordered by when they last got a share, longest ago first. */
  readonly #backlogs = new Map<string, Backlog>();

  constructor(dependencies: BacklogsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Accounts with work or trouble. */
  get accounts(): Iterable<QueueAccount> {
    return this.#accounts.values();
  }

  /** Notes that something may be due; returns whether this process delivers it. */
  wake(name: BacklogName, now: number): boolean {
    const backlog = this.#backlogOf(name, now);
    if (backlog === null) return false;
    backlog.dueAt = Math.min(backlog.dueAt, now);
    backlog.woken = true;
    return true;
  }

  /** Notes that everything that waits for an account may be due. */
  wakeAccount({ backlogs }: QueueAccount, now: number): void {
    for (const backlog of backlogs) {
      backlog.dueAt = Math.min(backlog.dueAt, now);
      backlog.woken = true;
    }
  }

  /** Divides the free places among the accounts with due entries, in turns. */
  turn(now: number): Turn {
    const due: { readonly backlog: Backlog; readonly calls: number }[] = [];
    let againInMs = Number.POSITIVE_INFINITY;
    let isCrowded = false;
    for (const backlog of this.#backlogs.values()) {
      if (backlog.dueAt > now) {
        againInMs = Math.min(againInMs, backlog.dueAt - now);
        continue;
      }
      const opening = backlog.account.gate.opening(now);
      if (opening.calls > 0) due.push({ backlog, calls: opening.calls });
      else if (Number.isFinite(opening.againInMs)) againInMs = Math.min(againInMs, opening.againInMs);
      else isCrowded = true;
    }
    const shares = this.#share(due, now);
    return { shares, againInMs, isCrowded: isCrowded || shares.length > 0 };
  }

  /** All known backlogs. */
  get all(): Iterable<Backlog> {
    return this.#backlogs.values();
  }

  /** Updates when the queried backlogs are due; one that the store does not mention is empty. */
  hear(asked: readonly Backlog[], waits: readonly Wait[], now: number): void {
    const byName = new Map(waits.map((wait) => [backlogKey(wait), wait]));
    for (const backlog of asked) {
      const wait = byName.get(backlogKey(nameOf(backlog)));
      if (backlog.woken) backlog.dueAt = now;
      else if (wait) backlog.dueAt = now + Math.max(wait.dueInMs, leastWaitOf(backlog));
      else this.#drop(backlog, now);
    }
  }

  /** Replaces what is known by all that waits; returns what this process does not deliver. */
  hearAll(waits: readonly Wait[], now: number): Wait[] {
    const waiting = new Set(waits.map(backlogKey));
    for (const [key, backlog] of this.#backlogs) {
      if (!backlog.woken && !waiting.has(key)) this.#drop(backlog, now);
    }
    const others = waits.filter((wait) => {
      const backlog = this.#backlogOf(wait, now);
      if (backlog && !backlog.woken) backlog.dueAt = now + wait.dueInMs;
      return backlog === null;
    });
    for (const account of this.#accounts.values()) this.#forgetIfIdle(account, now);
    return others;
  }

  #share(due: readonly { readonly backlog: Backlog; readonly calls: number }[], now: number): Turn['shares'] {
    // One share stays free for an account that is woken next.
    const fair = Math.max(1, Math.floor(this.#dependencies.places.free / (due.length + 1)));
    const given = new Map<QueueAccount, number>();
    const shares = [];
    let free = this.#dependencies.places.free;
    let trials = this.#dependencies.places.trials;
    for (const { backlog, calls } of due) {
      const { account } = backlog;
      // What the provider paces goes to one merchant after the other.
      const isPaced = account.gate.kinds(now) !== null;
      if (isPaced && given.has(account)) continue;
      const left = calls - (given.get(account) ?? 0);
      const isTrial = account.breakerState !== 'closed';
      const limit = Math.min(left, due.length > 1 ? fair : left, free, isTrial ? trials : free);
      if (limit <= 0) continue;
      given.set(account, (given.get(account) ?? 0) + limit);
      free -= limit;
      if (isTrial) trials -= limit;
      shares.push(...sharesOf(backlog, limit, now));
      this.#moveBack(backlog);
    }
    return shares;
  }

  #moveBack(backlog: Backlog): void {
    const key = backlogKey(nameOf(backlog));
    this.#backlogs.delete(key);
    this.#backlogs.set(key, backlog);
  }

  #backlogOf(name: BacklogName, now: number): Backlog | null {
    const key = backlogKey(name);
    const known = this.#backlogs.get(key);
    if (known) return known;
    const provider = this.#dependencies.providerOf(name);
    if (provider === null) return null;
    const account = this.#accountOf(name.account, provider.capabilities.limits ?? {}, now);
    const backlog: Backlog = { merchant: name.merchant, account, provider, dueAt: now, woken: false };
    this.#backlogs.set(key, backlog);
    account.backlogs.add(backlog);
    return backlog;
  }

  #accountOf(name: string, limits: AccountLimits, now: number): QueueAccount {
    const known = this.#accounts.get(name);
    if (known) return known;
    const { settings, places } = this.#dependencies;
    const gate = new AccountAdmission(settings, limits, places, now);
    const account: QueueAccount = {
      name,
      gate,
      backlogs: new Set(),
      breakerState: 'closed',
      madeDue: false,
      turns: 0,
    };
    this.#accounts.set(name, account);
    return account;
  }

  #drop(backlog: Backlog, now: number): void {
    const { account } = backlog;
    this.#backlogs.delete(backlogKey(nameOf(backlog)));
    account.backlogs.delete(backlog);
    this.#forgetIfIdle(account, now);
  }

  #forgetIfIdle({ name, backlogs, gate }: QueueAccount, now: number): void {
    if (backlogs.size === 0 && gate.isFresh(now)) this.#accounts.delete(name);
  }
}

/**
 * Returns the shares of a backlog in so many calls: one, or one for each kind of call that the provider paces.
 * The last place goes to either kind in turns, as it is not known which of them is due.
 */
function sharesOf(backlog: Backlog, limit: number, now: number): Turn['shares'] {
  const { account, merchant } = backlog;
  const { mostHeld } = account.gate;
  const share = { account: account.name, merchant, backlog, ...(mostHeld !== null && { mostHeld }) };
  const kinds = account.gate.kinds(now);
  if (kinds === null) return [{ ...share, limit }];
  account.turns += 1;
  const inTurn = limit > 1 || kinds.length < 2 ? kinds : kinds.slice(account.turns % 2).slice(0, 1);
  let left = limit;
  return inTurn.map(({ kind, everyMs }, index) => {
    const others = inTurn.length - index - 1;
    const most = everyMs === null ? left - others : 1;
    left -= most;
    return { ...share, kind, limit: most, ...(everyMs !== null && { everyMs }) };
  });
}

function leastWaitOf({ account }: Backlog): number {
  return account.gate.isShared ? placeTakenMs : leastWaitMs;
}

function nameOf({ account, merchant }: Backlog): BacklogName {
  return { account: account.name, merchant };
}

/** An account with a known backlog. */
export interface QueueAccount {
  readonly name: string;
  readonly gate: AccountAdmission;
  /** Its backlogs, one per merchant: most accounts have one. */
  readonly backlogs: Set<Backlog>;
  /** State of the breaker that was reported last. */
  breakerState: BreakerState;
  /** Whether entries that wait for the end of its outage were already made due for the next trial. */
  madeDue: boolean;
  /** Number of its shares so far. */
  turns: number;
}

/** Entries of one merchant that wait for one account. */
export interface Backlog {
  readonly merchant: string;
  readonly account: QueueAccount;
  readonly provider: Provider;
  /** When the next of them is due, on the clock that never jumps. */
  dueAt: number;
  /** Whether one may have become due since the store was last queried. */
  woken: boolean;
}

/** Returns the key of a backlog. No address of an account contains a space. */
export function backlogKey({ account, merchant }: BacklogName): string {
  return `${account} ${merchant}`;
}
