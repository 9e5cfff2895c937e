import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A file that may be asked for. */
export interface FileAtHand {
  readonly path: string;
  readonly contentType: string;
}

/** Files by name, listed and each read when one is first asked for: a gateway that is asked for none starts without them. */
export class ServedFiles {
  readonly #list: () => ReadonlyMap<string, FileAtHand>;
  readonly #read = new Map<string, ServedFile>();
  #atHand: ReadonlyMap<string, FileAtHand> | undefined;

  constructor(list: () => ReadonlyMap<string, FileAtHand>) {
    this.#list = list;
  }

  get(name: string): ServedFile | undefined {
    this.#atHand ??= this.#list();
    const known = this.#read.get(name);
    const atHand = this.#atHand.get(name);
    if (known || !atHand) return known;
    const file = servedFile(readFileSync(atHand.path), atHand.contentType);
    this.#read.set(name, file);
    return file;
  }
}

/** A file as it is answered: read and described once. */
export interface ServedFile {
  readonly body: Buffer;
  readonly entityTag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a file for answers. Whoever kept it asks each time whether it has changed, so that an upgrade shows at once. */
export function servedFile(
  body: Buffer,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): ServedFile {
  const entityTag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return {
    body,
    entityTag,
    headers: {
      'Content-Type': contentType,
      'Cache-Control': 'no-cache',
      ETag: entityTag,
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  };
}

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
