import type { IncomingMessage } from 'node:http';
import type { Call } from './call.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Puts a request together from its head, its body and the id that its path named. */
export function readCall(request: IncomingMessage, body: Buffer, id: string | null): Call {
  const { path, query } = splitTarget(request.url ?? '/');
  const { method = 'GET', headers } = request;
  return { method, path, query, headers, body, document: parseDocument(body), id };
}

/** Divides a request target at its first question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function parseDocument(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
