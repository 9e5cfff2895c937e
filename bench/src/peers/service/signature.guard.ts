import { verifyDetached } from '@fiscalkit/client/jws';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  type RawBodyRequest,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Settings } from './settings.js';
import { SETTINGS } from './tokens.js';

/** Lets in what the merchant has signed. */
@Injectable()
export class SignatureGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { rawBody, headers, method, url } = context
      .switchToHttp()
      .getRequest<RawBodyRequest<FastifyRequest>>();
    const token = headers['x-jws-signature'];
    if (rawBody === undefined || typeof token !== 'string') throw new UnauthorizedException();
    const { merchantId, secretKey } = this.settings.merchant;
    const check = verifyDetached({
      token,
      body: rawBody,
      method,
      path: url,
      secretOf: (id) => (id === merchantId ? secretKey : null),
    });
    if (!check.ok) throw new UnauthorizedException(check.code);
    return true;
  }
}
