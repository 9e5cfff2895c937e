import type { AccountLimits } from '@fiscalkit/client';
import type { CallKind } from '../store/ledger-store.js';

/** Kind of calls that may begin. */
export interface KindOfCall {
  readonly kind: CallKind;
  /** Least time between two of them, in milliseconds; `null` where only the other kind has one. */
  readonly everyMs: number | null;
}

/** Keeps a distance between calls of a kind: between submissions, and between polls and searches. */
export class CallPace {
  readonly #kinds: readonly KindOfCall[];
  readonly #nextAt: Record<CallKind, number> = { submit: 0, poll: 0 };

  constructor(kinds: readonly KindOfCall[]) {
    this.#kinds = kinds;
  }

  /** Returns the pace of an account; `null` where its provider sets none. */
  static of({ submitsPerSecond, pollsPerSecond }: AccountLimits): CallPace | null {
    if (submitsPerSecond === undefined && pollsPerSecond === undefined) return null;
    return new CallPace([
      { kind: 'submit', everyMs: everyMsOf(submitsPerSecond) },
      { kind: 'poll', everyMs: everyMsOf(pollsPerSecond) },
    ]);
  }

  /** Returns the kinds of which a call may begin now; the one that waited longer first. */
  open(now: number): readonly KindOfCall[] {
    return this.#kinds
      .filter(({ kind }) => this.#nextAt[kind] <= now)
      .toSorted((one, other) => this.#nextAt[one.kind] - this.#nextAt[other.kind]);
  }

  /** Returns milliseconds until a call of any kind may begin. */
  msUntilOpen(now: number): number {
    return Math.max(0, Math.min(this.#nextAt.submit, this.#nextAt.poll) - now);
  }

  /** Returns milliseconds until calls of all kinds may begin. */
  msUntilRested(now: number): number {
    return Math.max(0, this.#nextAt.submit - now, this.#nextAt.poll - now);
  }

  /** Records that a call begins. */
  begin(kind: CallKind, now: number): void {
    const everyMs = this.#kinds.find((each) => each.kind === kind)?.everyMs ?? 0;
    this.#nextAt[kind] = now + everyMs;
  }
}

function everyMsOf(perSecond: number | undefined): number | null {
  return perSecond === undefined ? null : 1_000 / perSecond;
}
