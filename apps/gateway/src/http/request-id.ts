import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A caller's request id that may go into a log and an answer as it is. */
const pattern = /^[\w.:-]{1,128}$/;

/** The caller's `X-Request-Id`, or a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const header = headers['x-request-id'];
  return typeof header === 'string' && pattern.test(header) ? header : randomUUID();
}
