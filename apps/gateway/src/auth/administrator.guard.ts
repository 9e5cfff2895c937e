import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Administrator } from '../configuration/configuration.js';
import { ADMINISTRATORS, AUTHENTICATION_THROTTLE } from '../tokens.js';
import { bearerKey, unknownKey } from './api-keys.js';
import type { AuthenticationThrottle } from './authentication-throttle.js';
import { KeyDirectory } from './merchant-directory.js';
import { AdministratorAccess, Needs } from './roles.js';

/** Administrators by their keys. */
export class AdministratorDirectory {
  readonly #keys: KeyDirectory;
  readonly #accesses: ReadonlyMap<string, AdministratorAccess>;

  constructor(administrators: readonly Administrator[]) {
    this.#keys = new KeyDirectory(administrators);
    this.#accesses = new Map(administrators.map((each) => [each.name, new AdministratorAccess(each)]));
  }

  /** Returns what the owner of a key may see and do; `null` for an unknown key. */
  accessOf(key: string): AdministratorAccess | null {
    const name = this.#keys.ownerOf(key);
    return name === null ? null : (this.#accesses.get(name) ?? null);
  }
}

/**
 * Admits a request with an administrator's key in `Authorization: Bearer`, not with a merchant's, if the
 * administrator has the role that the route needs.
 */
@Injectable()
export class AdministratorGuard implements CanActivate {
  readonly #reflector = new Reflector();

  constructor(
    @Inject(AUTHENTICATION_THROTTLE) private readonly throttle: AuthenticationThrottle,
    @Inject(ADMINISTRATORS) private readonly administrators: AdministratorDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    const access = await this.throttle.admit(
      request,
      () => this.administrators.accessOf(bearerKey(authorization)) ?? unknownKey(),
    );
    request.record.administrator = access.name;
    request.record.access = access;
    const refusal = access.refusalOf(this.#reflector.get(Needs, context.getHandler()) ?? 'admin');
    if (refusal) throw refusal;
    return true;
  }
}

/** Injects what the administrator whom the guard admitted may see and do. */
export const Access = createParamDecorator((_: unknown, context: ExecutionContext): AdministratorAccess => {
  const { access } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (access === undefined) throw new Error('a route that needs an administrator has no guard');
  return access;
});
