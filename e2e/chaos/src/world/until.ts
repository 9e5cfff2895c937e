import { setTimeout as sleep } from 'node:timers/promises';

/** How often to look, and for how long. Milliseconds. */
export interface Patience {
  readonly everyMs: number;
  readonly forMs: number;
}

/** Looks again and again; answers whether it came true in time. */
export async function until(look: () => Promise<boolean>, { everyMs, forMs }: Patience): Promise<boolean> {
  const endsAt = performance.now() + forMs;
  for (;;) {
    if (await look()) return true;
    if (performance.now() >= endsAt) return false;
    await sleep(everyMs);
  }
}
