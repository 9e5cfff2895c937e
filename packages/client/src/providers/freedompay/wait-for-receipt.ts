import { setTimeout as sleep } from 'node:timers/promises';
import { FiscalError, isFiscalError, type ProviderReceipt } from '@fiscalkit/schemas';
import type { Deadline } from '../../transport/deadline.js';
import { providerName } from './provider-name.js';

const longestPauseMs = 5000;

/** Dependencies of waiting for a receipt. */
export interface Waiting {
  readonly ask: () => Promise<ProviderReceipt>;
  readonly deadline: Deadline;
  /** Pause after the first query in milliseconds; grows by half each time, up to five seconds. */
  readonly pauseMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Polls until the receipt is registered or rejected. Temporary failures don't end it; the deadline does, with
 * a `FiscalError` of code `provider.still-pending`.
 */
export async function waitForReceipt({ ask, deadline, pauseMs, signal }: Waiting): Promise<ProviderReceipt> {
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
        provider: providerName,
      });
    }
    await sleepUnlessAborted(Math.min(pause, remainingMs), signal);
  }
}

async function askRepeatedly(ask: () => Promise<ProviderReceipt>): Promise<ProviderReceipt | null> {
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
