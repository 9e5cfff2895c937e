import { NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServedFile } from './served-file.js';

/** Whether the caller has this very file (RFC 9110 section 13.1.2); a proxy that compresses makes a tag a weak one. */
function hasAlready({ headers }: FastifyRequest, entityTag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(entityTag) || known.includes('*');
}

/** Answers with a file, or that the caller's own is still right. There is nothing at this path when there is no such file. */
export function sendFile(
  file: ServedFile | undefined,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  if (!file) throw new NotFoundException();
  reply.headers(file.headers);
  if (hasAlready(request, file.entityTag)) reply.removeHeader('Content-Type').status(304).send();
  else reply.send(file.body);
}
