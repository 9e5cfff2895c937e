import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The name of the administrator that the guard let in. */
export const AdministratorName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { administrator } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (administrator === undefined) throw new Error('a route that needs an administrator has no guard');
  return administrator;
});
