import { setTimeout as sleep } from 'node:timers/promises';
import { FiscalError, isFiscalError, type ReceiptStatus } from '@fiscalkit/schemas';
import type { Deadline } from './deadline.js';

const longestPauseMs = 5000;

/** Receipt as a provider shows it. */
interface Shown {
  readonly status: ReceiptStatus;
}

/** Dependencies of waiting for a receipt. */
interface Waiting<Receipt extends Shown> {
  readonly provider: string;
  readonly ask: () => Promise<Receipt>;
  readonly deadline: Deadline;
  /** Pause after the first query in milliseconds; grows by half each time, up to five seconds. */
  readonly pauseMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Polls until the receipt is registered or rejected. Temporary failures don't end it; the deadline does, with
 * a `FiscalError` of code `provider.still-pending`.
 */
export async function waitUntilFinal<Receipt extends Shown>({
  provider,
  ask,
  deadline,
  pauseMs,
  signal,
}: Waiting<Receipt>): Promise<Receipt> {
  for (let pause = pauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const receipt = await askRepeatedly(ask);
    if (receipt !== null && receipt.status !== 'pending') {
      return receipt;
    }
    const remainingMs = deadline() ?? Number.POSITIVE_INFINITY;
    if (remainingMs === 0) {
      throw new FiscalError({
        code: 'provider.still-pending',
        message: 'The receipt was neither registered nor rejected in the time given.',
        retryable: true,
        provider,
      });
    }
    await sleepUnlessAborted(Math.min(pause, remainingMs), signal);
  }
}

async function askRepeatedly<Receipt>(ask: () => Promise<Receipt>): Promise<Receipt | null> {
  try {
    return await ask();
  } catch (error) {
    if (isFiscalError(error) && error.retryable) {
      return null;
    }
    throw error;
  }
}

async function sleepUnlessAborted(pauseMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(pauseMs, undefined, signal && { signal });
  } finally {
    // The timer rejects with an error of its own; callers get the reason that they gave.
    signal?.throwIfAborted();
  }
}
