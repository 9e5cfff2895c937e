import type { Entry } from '../entry/entry.js';
import type { Claim } from '../store/ledger-store.js';

type Attempted = Pick<Entry, 'id' | 'attempts' | 'lastAttemptAt'>;

/** An attempt, as the store told of it, and when that was met. */
interface AttemptTime {
  readonly attempt: number;
  /** A ledger that has gone back in time counts its attempts anew: only together with their time do they tell one from another. */
  readonly notedAt: number | undefined;
  readonly at: number;
}

/**
 * Remembers, on a clock that never jumps, when this process began to send the entries whose outcome is unknown, and when it
 * first met the attempts of other processes.
 */
export class AttemptMemory {
  readonly #begun = new Map<string, AttemptTime>();
  readonly #met = new Map<string, AttemptTime>();

  begin({ id, ...attempted }: Attempted, now: number): void {
    this.#begun.set(id, timeOf(attempted, now));
  }

  /** Forgets that attempt and earlier ones. A later one may have begun, because whoever made this one lost its lease. */
  forget({ id, attempts }: Pick<Attempted, 'id' | 'attempts'>): void {
    for (const times of [this.#begun, this.#met]) {
      const time = times.get(id);
      if (time && time.attempt <= attempts) times.delete(id);
    }
  }

  /**
   * The least time, in milliseconds, that has passed since the claimed entry was last sent. Of an attempt of its own this
   * process knows it. Of another's it counts from the first meeting, less the `startWithinMs` by which a call may begin after
   * its claim: the store's clock says when that claim was, but it may have jumped since, while the attempt is under way. Only
   * what this ledger never sent, and one that was lost may have, is as old as the store says, less the same: a worker of the lost ledger may begin its
   * call after that was declared.
   */
  sinceAttemptMs({ entry, claimedAt }: Claim, startWithinMs: number, now: number): number {
    if (entry.attempts === 0) {
      return claimedAt.getTime() - (entry.lastAttemptAt ?? entry.acceptedAt).getTime() - startWithinMs;
    }
    const begun = this.#begun.get(entry.id);
    if (begun && isTimeOf(entry, begun)) return now - begun.at;
    return now - this.#metAt(entry, now) - startWithinMs;
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
