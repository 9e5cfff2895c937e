import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Configuration } from '../configuration/configuration.js';
import { TooManyRequests } from './too-many-requests.js';

/** How many requests each merchant may make of this process in a second. */
export class MerchantQuotas {
  readonly #limits: ReadonlyMap<string, number | null>;
  readonly #limiter = new RateLimiterMemory({ points: 0, duration: 1 });

  constructor({ merchants, limits }: Configuration) {
    this.#limits = new Map(
      merchants.map(({ id, requestsPerSecond = limits.requestsPerSecond }) => [id, requestsPerSecond]),
    );
  }

  /** Counts a request of the merchant. Throws `request.rate` when there were too many within the second. */
  async take(merchant: string): Promise<void> {
    const limit = this.#limits.get(merchant) ?? null;
    if (limit === null) return;
    const { consumedPoints, msBeforeNext } = await this.#limiter.penalty(merchant);
    if (consumedPoints <= limit) return;
    throw new TooManyRequests({
      code: 'request.rate',
      message: `A merchant may make ${limit} requests in a second.`,
      waitMs: msBeforeNext,
    });
  }
}
