import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ADMINISTRATORS, AUTHENTICATION_THROTTLE } from '../tokens.js';
import { bearerKey, unknownKey } from './api-keys.js';
import type { AuthenticationThrottle } from './authentication-throttle.js';
import type { KeyDirectory } from './merchant-directory.js';

/** Admits a request with an administrator's key in `Authorization: Bearer`, not with a merchant's. */
@Injectable()
export class AdministratorGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATION_THROTTLE) private readonly throttle: AuthenticationThrottle,
    @Inject(ADMINISTRATORS) private readonly administrators: KeyDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    request.record.administrator = await this.throttle.admit(
      request,
      () => this.administrators.ownerOf(bearerKey(authorization)) ?? unknownKey(),
    );
    return true;
  }
}

/** Injects the name of the administrator that the guard admitted. */
export const AdministratorName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { administrator } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (administrator === undefined) throw new Error('a route that needs an administrator has no guard');
  return administrator;
});
