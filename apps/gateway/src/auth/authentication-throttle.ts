import { createHmac, generateKeySync } from 'node:crypto';
import { FiscalError, isFiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Configuration } from '../configuration/configuration.js';
import { ThrottledCounter } from '../http/throttled-counter.js';
import type { Logger } from '../logs/logger.js';

/** Throttles authentication: failures per client address, and requests per authenticated merchant. */
export class AuthenticationThrottle {
  readonly #failures: FailedAuthentications;
  readonly #quotas: MerchantQuotas;

  readonly #untrusted: ThrottledCounter | null;

  constructor(configuration: Configuration, logger: Logger) {
    const nobodyIsTrusted = configuration.trustedProxies.length === 0;
    this.#untrusted = nobodyIsTrusted
      ? new ThrottledCounter((count) => logger.log('warn', 'proxy.untrusted', { count }))
      : null;
    this.#failures = new FailedAuthentications(configuration.limits.failedAuthenticationsPerMinute);
    this.#quotas = new MerchantQuotas(configuration);
  }

  /** Returns the result of `prove`; what that throws counts as a failure of the client's address. */
  async admit<Proof>(request: FastifyRequest, prove: () => Proof): Promise<Proof> {
    await this.#failures.refuseGuessing(request.ip);
    try {
      return prove();
    } catch (error) {
      if (isFiscalError(error)) await this.#countFailure(request);
      throw error;
    }
  }

  /** Counts a request against the quota of its merchant; only authenticated requests use it up. */
  async enter(request: FastifyRequest, merchant: string): Promise<void> {
    request.record.merchant = merchant;
    await this.#quotas.take(merchant);
  }

  /** Counts a failure. One through a proxy that is not configured counts against everybody behind it. */
  async #countFailure({ ip, headers }: FastifyRequest): Promise<void> {
    if (headers['x-forwarded-for'] !== undefined) this.#untrusted?.add();
    await this.#failures.count(ip);
  }
}

/** Number of counters, which addresses share: bounds the memory, however many addresses there are. */
const counters = 8192;
const windowMs = 60_000;

/**
 * Counts failed authentications by client address, in windows of a minute that begin with the first failure.
 * An address over the limit is refused before its key is looked at, so that guesses can't be faster.
 */
export class FailedAuthentications {
  readonly #limit: number;
  readonly #limiter: RateLimiterMemory;
  /** Hides which addresses share a counter. A key object, as bytes would be converted for each digest. */
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

  /** Whether all windows are over; usually they are, and the address need not be looked at. */
  #nobodyFailed(): boolean {
    return performance.now() - this.#lastFailureAt > windowMs;
  }

  #counterOf(address: string): number {
    const digest = createHmac('sha256', this.#salt).update(addressGroup(address)).digest();
    return digest.readUInt32BE() % counters;
  }
}

/** Limits the requests of each merchant in a second, in this process. */
class MerchantQuotas {
  readonly #limits: ReadonlyMap<string, number | null>;
  readonly #limiter = new RateLimiterMemory({ points: 0, duration: 1 });

  constructor({ merchants, limits }: Configuration) {
    this.#limits = new Map(
      merchants.map(({ id, requestsPerSecond = limits.requestsPerSecond }) => [id, requestsPerSecond]),
    );
  }

  /** Counts a request of a merchant. Throws `request.rate` above the limit. */
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

const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** Returns the first four of eight groups of an IPv6 address, without leading zeros. */
function network(address: string): string {
  const [left = '', right] = address.split('%', 1).join('').split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right ? right.split(':') : [];
  const zeros =
    right === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Returns the group that an address is counted in: an IPv4 address itself, the network of 64 bits of an IPv6
 * address, since whoever has one address of it has them all.
 */
export function addressGroup(address: string): string {
  const ipv4 = mapped.exec(address)?.[1];
  if (ipv4) return ipv4;
  return address.includes(':') ? `${network(address)}::/64` : address;
}

/** Error for too many requests, with the time to wait. */
export class TooManyRequests extends FiscalError {
  readonly retryAfterSeconds: number;

  constructor({ code, message, waitMs }: { code: string; message: string; waitMs: number }) {
    super({ code, message, retryable: true });
    this.name = 'TooManyRequests';
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}
