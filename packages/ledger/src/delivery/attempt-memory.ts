import type { Entry } from '../entry/entry.js';
import type { Claim } from '../store/ledger-store.js';

type Attempted = Pick<Entry, 'id' | 'attempts' | 'lastAttemptAt'>;

/** An attempt as the store knows it, and when this process first saw it. */
interface AttemptTime {
  readonly attempt: number;
  /** A ledger that has gone back in time counts attempts anew: only with their time are they distinct. */
  readonly notedAt: number | undefined;
  readonly at: number;
}

/** First attempt of an entry as the store knows it, and when it was, on the clock that never jumps. */
interface FirstAttempt {
  readonly notedAt: number;
  readonly at: number;
}

/**
 * Remembers, on a clock that never jumps, when this process began to send the entries whose outcome is
 * unknown, and when it first saw the attempts of other processes.
 */
export class AttemptMemory {
  readonly #begun = new Map<string, AttemptTime>();
  readonly #met = new Map<string, AttemptTime>();
  readonly #firsts = new Map<string, FirstAttempt>();

  begin({ id, ...attempted }: Attempted, now: number): void {
    this.#begun.set(id, timeOf(attempted, now));
  }

  /** Forgets that attempt and earlier ones; a later one may have begun after its worker lost its lease. */
  forget({ id, attempts }: Pick<Attempted, 'id' | 'attempts'>): void {
    for (const times of [this.#begun, this.#met]) {
      const time = times.get(id);
      if (time && time.attempt <= attempts) times.delete(id);
    }
  }

  /**
   * Returns the least time, in milliseconds, since the claimed entry was last sent. For an attempt of its
   * own, this process knows it. For another's, it counts from when it was first seen, less the
   * `startWithinMs` by which a call may begin after its claim: the store's clock has the time of that claim,
   * but may have jumped since, while the attempt is under way. Only what this ledger never sent, and a lost
   * one may have, is as old as the store says, less the same: a worker of the lost ledger may begin its call
   * after the restore was declared.
   */
  sinceAttemptMs({ entry, claimedAt }: Claim, startWithinMs: number, now: number): number {
    if (entry.attempts === 0) {
      return claimedAt.getTime() - (entry.lastAttemptAt ?? entry.acceptedAt).getTime() - startWithinMs;
    }
    const begun = this.#begun.get(entry.id);
    if (begun && isTimeOf(entry, begun)) return now - begun.at;
    return now - this.#metAt(entry, now) - startWithinMs;
  }

  /**
   * Returns the greatest time, in milliseconds, since the claimed entry was first sent: by the store's clock,
   * or by this process' own where that was set back since the process first asked.
   */
  sinceFirstAttemptMs({ entry, claimedAt }: Claim, now: number): number {
    const notedAt = (entry.firstAttemptAt ?? entry.acceptedAt).getTime();
    const sinceMs = Math.max(0, claimedAt.getTime() - notedAt);
    const known = this.#firsts.get(entry.id);
    if (known?.notedAt === notedAt) return Math.max(sinceMs, now - known.at);
    this.#firsts.set(entry.id, { notedAt, at: now - sinceMs });
    return sinceMs;
  }

  /** Forgets when the entry was first sent. */
  forgetFirst({ id }: Pick<Attempted, 'id'>): void {
    this.#firsts.delete(id);
  }

  #metAt({ id, ...attempted }: Attempted, now: number): number {
    const met = this.#met.get(id);
    if (met && isTimeOf(attempted, met)) return met.at;
    this.#met.set(id, timeOf(attempted, now));
    return now;
  }
}

function timeOf({ attempts, lastAttemptAt }: Omit<Attempted, 'id'>, at: number): AttemptTime {
  return { attempt: attempts, notedAt: lastAttemptAt?.getTime(), at };
}

function isTimeOf({ attempts, lastAttemptAt }: Omit<Attempted, 'id'>, time: AttemptTime): boolean {
  return time.attempt === attempts && time.notedAt === lastAttemptAt?.getTime();
}
