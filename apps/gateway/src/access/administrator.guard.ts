import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ADMINISTRATORS, DOOR } from '../tokens.js';
import { bearerKey, unknownKey } from './bearer-key.js';
import type { Door } from './door.js';
import type { KeyDirectory } from './key-directory.js';

/** Lets in a request with an administrator's key in `Authorization: Bearer`; a merchant's key opens nothing here. */
@Injectable()
export class AdministratorGuard implements CanActivate {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(ADMINISTRATORS) private readonly administrators: KeyDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    request.record.administrator = await this.door.admit(
      request,
      () => this.administrators.ownerOf(bearerKey(authorization)) ?? unknownKey(),
    );
    return true;
  }
}
