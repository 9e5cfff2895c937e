import type { FastifyRequest } from 'fastify';
import type { AdministratorAccess } from '../auth/roles.js';

/** Record of a request while it is served, from which its log line is built. */
export interface RequestRecord {
  readonly requestId: string;
  readonly startedAt: number;
  /** Whether it counts among the requests at work. */
  atWork: boolean;
  /** Set once the caller has proven who they are. */
  merchant?: string;
  administrator?: string;
  /** What the administrator may see and do. */
  access?: AdministratorAccess;
  /** The idempotency key that the signature covers, if it covers one. */
  signedKey?: string;
  receiptId?: string;
  /** Code of the error that answered the request. */
  problemCode?: string;
  /** Status of that error; some envelopes go out with another. */
  problemStatus?: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    record: RequestRecord;
  }
}

/** Returns the request's path as it came, without its query. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?');
  return end === -1 ? request.url : request.url.slice(0, end);
}

/** Returns the request's query as it came, without the question mark. */
export function queryOf(request: FastifyRequest): string {
  const start = request.url.indexOf('?');
  return start === -1 ? '' : request.url.slice(start + 1);
}

/** Returns the body's exact bytes; empty for a request without one. */
export function bodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}
