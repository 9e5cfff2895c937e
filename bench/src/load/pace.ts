import { setTimeout as delay } from 'node:timers/promises';

/** Returns milliseconds, with fractions, of the clock that all processes share and nothing sets back. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Waits until the request with this index may be sent; resolves with the start of its latency. */
export type Pace = (index: number) => Promise<number>;

/** As fast as the service answers. */
export function asAnswered(): Pace {
  return async () => monotonicMs();
}

/**
 * So many requests a second, from now on. A request that found every connection busy when it was due counts
 * from when it was due: a service that falls behind must not look quick because it was asked less.
 */
export function atRate(perSecond: number): Pace {
  const startedAt = monotonicMs();
  return async (index) => {
    const dueAt = startedAt + (index * 1000) / perSecond;
    const early = dueAt - monotonicMs();
    if (early <= 0) return dueAt;
    await delay(early);
    return monotonicMs();
  };
}
