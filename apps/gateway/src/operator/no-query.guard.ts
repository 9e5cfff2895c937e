import { FiscalError } from '@fiscalkit/schemas';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { queryOf } from '../http/request-record.js';

/** Refuses query parameters with `query.unknown` on routes without any: a caller expects an effect. */
@Injectable()
export class NoQueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (queryOf(context.switchToHttp().getRequest<FastifyRequest>()) === '') return true;
    throw new FiscalError({
      code: 'query.unknown',
      message: 'This route takes no query parameters.',
      retryable: false,
    });
  }
}
