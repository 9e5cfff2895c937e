import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Emulation } from '../emulation.js';
import { injectAfterProcessing, injectBeforeProcessing } from '../faults/inject-faults.js';
import { errorAnswer } from './answer.js';
import type { Call, ProviderRoute, Route } from './route.js';
import { type Exchange, sendAnswer } from './send-answer.js';

interface RequestHandlerOptions {
  readonly emulation: Pick<Emulation, 'routes' | 'faults' | 'counters'>;
  readonly lifetime: AbortSignal;
  refuseFor(milliseconds: number): void;
}

/** Returns the request handler: finds the route, reads the body, injects faults, processes the call. */
export function createRequestHandler(options: RequestHandlerOptions): RequestListener {
  return (request, response) => {
    handle(options, request, response).catch(() => fail(response, options.lifetime));
  };
}

async function handle(
  options: RequestHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const search = findRoute(
    options.emulation.routes,
    request.method ?? 'GET',
    splitTarget(request.url ?? '/').path,
  );
  const body = await readBody(request);
  if (body === null) {
    const answer = errorAnswer(413, 'body.too-large', 'the body is too large');
    return sendAnswer(response, { ...answer, headers: { connection: 'close' } });
  }
  if (!search.found) return sendAnswer(response, noRoute(search.allowedMethods));
  const call = readCall(request, body, search.id);
  const { route } = search;
  if (route.endpoint === null) return sendAnswer(response, route.process(call));
  await answerAsProvider(options.emulation, route, call, {
    ...options,
    response,
    endpoint: route.endpoint,
  });
}

async function answerAsProvider(
  { counters, faults }: RequestHandlerOptions['emulation'],
  route: ProviderRoute,
  call: Call,
  exchange: Exchange,
): Promise<void> {
  counters.count(route.endpoint);
  const plan = faults.plan({
    endpoint: route.endpoint,
    paymentId: route.paymentIdOf(call),
    operationType: route.operationTypeOf?.(call) ?? null,
  });
  if (plan.before !== null && !(await injectBeforeProcessing(plan.before, exchange))) return;
  const answer = route.process(call, plan);
  if (plan.after === null) sendAnswer(exchange.response, answer);
  else await injectAfterProcessing(plan.after, answer, exchange);
}

function noRoute(allowedMethods: readonly string[]) {
  if (allowedMethods.length === 0) return errorAnswer(404, 'route.unknown', 'there is nothing at this path');
  const answer = errorAnswer(405, 'route.method', 'this path does not take this method');
  return { ...answer, headers: { allow: allowedMethods.join(', ') } };
}

/** Ends a call that threw: the sandbox is closing, the client left, or a record could not be stored. */
function fail(response: ServerResponse, lifetime: AbortSignal): void {
  if (lifetime.aborted || response.headersSent || response.destroyed) response.destroy();
  else sendAnswer(response, errorAnswer(500, 'sandbox.failure', 'the sandbox could not process this call'));
}

/** A route and the id in the path, or the methods that the path allows (none if the path is unknown). */
type RouteSearch =
  | { readonly found: true; readonly route: Route; readonly id: string | null }
  | { readonly found: false; readonly allowedMethods: readonly string[] };

function findRoute(routes: readonly Route[], method: string, path: string): RouteSearch {
  const allowedMethods: string[] = [];
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    if (route.method === method) return { found: true, route, id: match[1] ?? null };
    allowedMethods.push(route.method);
  }
  return { found: false, allowedMethods };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readCall(request: IncomingMessage, body: Buffer, id: string | null): Call {
  const { path, query } = splitTarget(request.url ?? '/');
  const { method = 'GET', headers } = request;
  return { method, path, query, headers, body, document: parseDocument(body), id };
}

/** Splits a request target at its first question mark. */
function splitTarget(target: string): { path: string; query: string } {
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

/** Maximum size of a body, in bytes. */
const bodyLimit = 2 * 1024 * 1024;

/** Reads the body; resolves to `null` above the limit. Rejects if the client leaves before its end. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  // Listeners, because iterating over the stream costs as much as all the rest of reading a request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) resolve(null);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
