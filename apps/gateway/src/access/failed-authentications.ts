import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressGroup } from './address-group.js';
import { TooManyRequests } from './too-many-requests.js';

/** Counters that addresses share: what bounds the memory, however many addresses there are. */
const counters = 8192;

/**
 * Counts requests that failed to prove who asks, by client address, in windows of a minute that begin with the first failure. An
 * address over the limit is refused before its key is looked at, so that keys can't be tried faster than that.
 */
export class FailedAuthentications {
  readonly #limit: number;
  readonly #limiter: RateLimiterMemory;
  /** Nobody outside can tell which addresses share a counter. */
  readonly #salt = randomBytes(32);

  constructor(perMinute: number | null) {
    this.#limit = perMinute ?? Number.POSITIVE_INFINITY;
    this.#limiter = new RateLimiterMemory({ points: perMinute ?? 0, duration: 60 });
  }

  /** Throws `access.rate` for an address with too many failures. */
  async refuseGuessing(address: string): Promise<void> {
    if (this.#limit === Number.POSITIVE_INFINITY) return;
    const failures = await this.#limiter.get(this.#counterOf(address));
    if (failures === null || failures.consumedPoints < this.#limit) return;
    throw new TooManyRequests({
      code: 'access.rate',
      message: 'Too many requests from this address had a wrong key or signature.',
      waitMs: failures.msBeforeNext,
    });
  }

  async count(address: string): Promise<void> {
    if (this.#limit === Number.POSITIVE_INFINITY) return;
    await this.#limiter.penalty(this.#counterOf(address));
  }

  #counterOf(address: string): number {
    const digest = createHmac('sha256', this.#salt).update(addressGroup(address)).digest();
    return digest.readUInt32BE() % counters;
  }
}
