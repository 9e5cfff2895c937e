import { createHmac, generateKeySync } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressGroup } from './address-group.js';
import { TooManyRequests } from './too-many-requests.js';

/** Counters that addresses share: what bounds the memory, however many addresses there are. */
const counters = 8192;
const windowMs = 60_000;

/**
 * Counts requests that failed to prove who asks, by client address, in windows of a minute that begin with the first failure. An
 * address over the limit is refused before its key is looked at, so that keys can't be tried faster than that.
 */
export class FailedAuthentications {
  readonly #limit: number;
  readonly #limiter: RateLimiterMemory;
  /** Nobody outside can tell which addresses share a counter. A key object, since bytes would be made into one for each digest. */
  readonly #salt = generateKeySync('hmac', { length: 256 });
  #lastFailureAt = Number.NEGATIVE_INFINITY;

  constructor(perMinute: number | null) {
    this.#limit = perMinute ?? Number.POSITIVE_INFINITY;
    this.#limiter = new RateLimiterMemory({ points: perMinute ?? 0, duration: windowMs / 1000 });
  }

  /** Throws `access.rate` for an address with too many failures. */
  async refuseGuessing(address: string): Promise<void> {
    if (this.#limit === Number.POSITIVE_INFINITY || this.#nobodyFailed()) return;
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
    this.#lastFailureAt = performance.now();
    await this.#limiter.penalty(this.#counterOf(address));
  }

  /** Whether all windows are over; most of the time they are, and then the address need not be looked at. */
  #nobodyFailed(): boolean {
    return performance.now() - this.#lastFailureAt > windowMs;
  }

  #counterOf(address: string): number {
    const digest = createHmac('sha256', this.#salt).update(addressGroup(address)).digest();
    return digest.readUInt32BE() % counters;
  }
}
