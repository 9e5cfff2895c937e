import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The id of the merchant that the guard let in. */
export const MerchantId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { merchant } = context.switchToHttp().getRequest<FastifyRequest>().record;
  if (merchant === undefined) throw new Error('a route that needs a merchant has no guard');
  return merchant;
});
