import { setTimeout as sleep } from 'node:timers/promises';

/** Waits so many milliseconds; rejects with an `AbortError` when the sandbox closes first. */
export async function wait(milliseconds: number, lifetime: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: lifetime });
}
