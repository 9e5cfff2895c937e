import { verifyDetached } from '@fiscalkit/client/jws';
import { FiscalError } from '@fiscalkit/schemas';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bodyOf, pathOf, queryOf } from '../http/request-record.js';
import { MERCHANTS } from '../tokens.js';
import type { MerchantDirectory } from './merchant-directory.js';

/** Lets in a request whose `X-JWS-Signature` a known merchant made over exactly this method, path and body. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(@Inject(MERCHANTS) private readonly merchants: MerchantDirectory) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = request.headers['x-jws-signature'];
    if (typeof token !== 'string' || token === '') {
      throw new FiscalError({
        code: 'signature.missing',
        message: 'The request has no X-JWS-Signature.',
        retryable: false,
      });
    }
    const result = verifyDetached({
      token,
      body: bodyOf(request),
      method: request.method,
      path: pathOf(request),
      query: queryOf(request),
      secretOf: (id) => this.merchants.secretOf(id),
    });
    if (!result.ok) {
      throw new FiscalError({
        code: result.code,
        message: 'X-JWS-Signature does not hold.',
        retryable: false,
      });
    }
    request.record.merchant = result.merchantId;
    return true;
  }
}
