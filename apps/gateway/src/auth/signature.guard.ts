import { type AcceptedSignature, verifyDetached } from '@fiscalkit/client/jws';
import { FiscalError } from '@fiscalkit/schemas';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bodyOf, pathOf, queryOf } from '../http/request-record.js';
import { AUTHENTICATION_THROTTLE, MERCHANTS, REPLAY_GUARDS } from '../tokens.js';
import type { AuthenticationThrottle } from './authentication-throttle.js';
import type { MerchantDirectory } from './merchant-directory.js';
import type { ReplayGuards } from './replay-guards.js';
import { SignatureRefused } from './signature-refused.js';

/** Admits a request whose `X-JWS-Signature` a merchant made over exactly this method, path and body. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATION_THROTTLE) private readonly throttle: AuthenticationThrottle,
    @Inject(MERCHANTS) private readonly merchants: MerchantDirectory,
    @Inject(REPLAY_GUARDS) private readonly replays: ReplayGuards,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const signature = await this.throttle.admit(request, () => this.#verify(request));
    this.replays.refuseReplay(signature);
    if (signature.idempotencyKey !== undefined) request.record.signedKey = signature.idempotencyKey;
    await this.throttle.enter(request, signature.merchantId);
    return true;
  }

  #verify(request: FastifyRequest): AcceptedSignature {
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
    if (result.ok) return result;
    // The signature is valid, so the caller may know what arrived.
    if (result.code === 'signature.path' || result.code === 'signature.method') {
      throw new SignatureRefused(result.code, { method: request.method, path: pathOf(request) });
    }
    throw new FiscalError({
      code: result.code,
      message: 'X-JWS-Signature does not hold.',
      retryable: false,
    });
  }
}
