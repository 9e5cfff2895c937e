import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** File that may be served. */
export interface FileAtHand {
  readonly path: string;
  readonly contentType: string;
}

/** Files by name, listed and each read at its first request, so that they cost the start nothing. */
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

/** File with its headers, read and described once. */
export interface ServedFile {
  readonly body: Buffer;
  readonly entityTag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a file for answers. Browsers revalidate it each time, so that an upgrade shows at once. */
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

/** Whether the caller has this version (RFC 9110 section 13.1.2); compressing proxies weaken its tag. */
function hasAlready({ headers }: FastifyRequest, entityTag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(entityTag) || known.includes('*');
}

/** Sends a file, or 304 if the caller's own is current. Throws 404 if there is no such file. */
export function sendFile(
  file: ServedFile | undefined,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  if (!file) throw new NotFoundException();
  reply.headers(file.headers);
  if (hasAlready(request, file.entityTag)) reply.removeHeader('Content-Type').status(304).send();
  else reply.send(file.body);
}
