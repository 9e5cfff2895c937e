import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AUTHENTICATION_THROTTLE, MERCHANTS } from '../tokens.js';
import { bearerKey, unknownKey } from './api-keys.js';
import type { AuthenticationThrottle } from './authentication-throttle.js';
import type { MerchantDirectory } from './merchant-directory.js';

/**
 * Admits a request with a merchant's API key in `Authorization: Bearer`. The provider's page documents no
 * authentication; without a key, requests are admitted only for the merchant that `openPayments` names.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATION_THROTTLE) private readonly throttle: AuthenticationThrottle,
    @Inject(MERCHANTS) private readonly merchants: MerchantDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    const merchant = await this.throttle.admit(request, () => this.#merchantOf(authorization));
    await this.throttle.enter(request, merchant);
    return true;
  }

  #merchantOf(authorization: string | undefined): string {
    const { openPayments } = this.merchants;
    if (authorization === undefined && openPayments !== null) return openPayments;
    return this.merchants.merchantOfKey(bearerKey(authorization)) ?? unknownKey();
  }
}
