import { isFiscalError } from '@fiscalkit/schemas';
import type { FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { Tally } from '../http/tally.js';
import type { Logger } from '../logs/logger.js';
import { FailedAuthentications } from './failed-authentications.js';
import { MerchantQuotas } from './merchant-quotas.js';

/** Where callers prove who they are: who guesses is slowed down, and a merchant who is known is held to their quota. */
export class Door {
  readonly #failures: FailedAuthentications;
  readonly #quotas: MerchantQuotas;

  readonly #untrusted: Tally | null;

  constructor(configuration: Configuration, logger: Logger) {
    const nobodyIsTrusted = configuration.trustedProxies.length === 0;
    this.#untrusted = nobodyIsTrusted
      ? new Tally((count) => logger.log('warn', 'proxy.untrusted', { count }))
      : null;
    this.#failures = new FailedAuthentications(configuration.limits.failedAuthenticationsPerMinute);
    this.#quotas = new MerchantQuotas(configuration);
  }

  /** Answers what `prove` finds out of who is asking; what that throws counts against the client's address. */
  async admit<Proof>(request: FastifyRequest, prove: () => Proof): Promise<Proof> {
    await this.#failures.refuseGuessing(request.ip);
    try {
      return prove();
    } catch (error) {
      if (isFiscalError(error)) await this.#countFailure(request);
      throw error;
    }
  }

  /** Lets a merchant in who has proven to be one: only then can a request use up their quota. */
  async enter(request: FastifyRequest, merchant: string): Promise<void> {
    request.record.merchant = merchant;
    await this.#quotas.take(merchant);
  }

  /** Failures that come through a proxy which nobody has named count against the proxy, and so against all behind it. */
  async #countFailure({ ip, headers }: FastifyRequest): Promise<void> {
    if (headers['x-forwarded-for'] !== undefined) this.#untrusted?.add();
    await this.#failures.count(ip);
  }
}
