import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerEvent } from '../observation/ledger-event.js';
import { storeError } from '../observation/store-error.js';
import { storeTroubleMs } from './store-trouble.js';

/** For how long to go on. */
export interface WriteLimits {
  /** Whose end makes the result worthless, in milliseconds from now. */
  readonly leaseMs: number;
  readonly abandoned: () => boolean;
  readonly emit: (event: LedgerEvent) => void;
  readonly random: () => number;
  /** Milliseconds on a clock that never jumps. */
  readonly elapsed: () => number;
}

/** Writes a result, again and again while the store is in trouble and the lease lasts; `null` when it could not. */
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
