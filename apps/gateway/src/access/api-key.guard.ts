import { FiscalError } from '@fiscalkit/schemas';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MERCHANTS } from '../tokens.js';
import type { MerchantDirectory } from './merchant-directory.js';

const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i;

function refuse(code: string, message: string): never {
  throw new FiscalError({ code, message, retryable: false });
}

/**
 * Lets in a request with a merchant's API key in `Authorization: Bearer`. The provider's page documents no authentication;
 * without a key, requests are let in only for the merchant that `openPayments` names.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(MERCHANTS) private readonly merchants: MerchantDirectory) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.record.merchant = this.#merchantOf(request.headers.authorization);
    return true;
  }

  #merchantOf(authorization: string | undefined): string {
    if (authorization === undefined) {
      return (
        this.merchants.openPayments ??
        refuse('access.key.missing', 'The request has no Authorization: Bearer.')
      );
    }
    const key = bearer.exec(authorization)?.[1];
    const merchant = key === undefined ? null : this.merchants.merchantOfKey(key);
    return merchant ?? refuse('access.key.invalid', 'The API key is not known.');
  }
}
