import type { Outcome } from '../transport/outcome.js';

/** Throws the caller's own reason when it was the caller who ended the call. */
export function passAbort(outcome: Outcome, signal: AbortSignal | undefined): void {
  if (outcome.kind !== 'answered' && outcome.code === 'provider.aborted') {
    signal?.throwIfAborted();
  }
}
