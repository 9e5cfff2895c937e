import { setTimeout as delay } from 'node:timers/promises';
import { type BackOff, backOffMs } from '../entry/retry-policy.js';
import { type LedgerSignal, storeError } from '../entry/signals.js';

/** Limits of the retries. */
export interface WriteLimits {
  /** Remaining lease time, in milliseconds; a result written later would be refused. */
  readonly leaseMs: number;
  readonly abandoned: () => boolean;
  readonly emit: (event: LedgerSignal) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

/**
 * Writes a result, with retries while the store is in trouble and the lease lasts; `null` when it could not.
 */
export async function keepWriting<T>(write: () => Promise<T>, limits: WriteLimits): Promise<T | null> {
  const { leaseMs, abandoned, emit, random, elapsed } = limits;
  const leaseOverAt = elapsed() + leaseMs;
  for (let failures = 1; ; failures += 1) {
    try {
      return await write();
    } catch (error) {
      emit(storeError(error));
      if (abandoned() || elapsed() >= leaseOverAt) return null;
      await delay(storeTroubleMs(failures, random));
    }
  }
}

const backOff: BackOff = { baseMs: 100, factor: 2, capMs: 5_000, jitter: 0.2 };

/** Returns the delay before the next attempt on a store after so many failures in a row, in milliseconds. */
export function storeTroubleMs(failures: number, random: () => number): number {
  return backOffMs(backOff, failures - 1, random);
}
