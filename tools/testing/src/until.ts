import { setTimeout as delay } from 'node:timers/promises';

/** How often a condition is read, and for how long, in milliseconds. */
export interface Polling {
  readonly intervalMs?: number;
  readonly limitMs?: number;
}

/** Polls until `read` returns something other than `null`. Rejects after the limit, naming `what`. */
export async function until<Value>(
  what: string,
  read: () => Value | null | Promise<Value | null>,
  { intervalMs = 100, limitMs = 300_000 }: Polling = {},
): Promise<Value> {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    if (performance.now() >= endsAt) throw new Error(`still not after ${limitMs / 1_000} s: ${what}`);
    await delay(intervalMs);
  }
}
