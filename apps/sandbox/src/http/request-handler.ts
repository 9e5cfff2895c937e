import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Emulation } from '../emulation.js';
import { strikeEarly } from '../faults/strike-early.js';
import { strikeLate } from '../faults/strike-late.js';
import type { Call } from './call.js';
import { errorAnswer } from './error-answer.js';
import type { Exchange } from './exchange.js';
import { findRoute } from './find-route.js';
import { readBody } from './read-body.js';
import { readCall, splitTarget } from './read-call.js';
import type { ProviderRoute } from './route.js';
import { sendAnswer } from './send-answer.js';

/** What the handler of a sandbox works with. */
export interface RequestHandlerParts {
  readonly emulation: Pick<Emulation, 'routes' | 'faults' | 'counters'>;
  readonly lifetime: AbortSignal;
  refuseFor(milliseconds: number): void;
}

/** Answers every request: route, read, then faults and processing. */
export function createRequestHandler(parts: RequestHandlerParts): RequestListener {
  return (request, response) => {
    handle(parts, request, response).catch(() => fail(response, parts.lifetime));
  };
}

async function handle(
  parts: RequestHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const search = findRoute(
    parts.emulation.routes,
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
  await answerAsProvider(parts.emulation, route, call, { ...parts, response });
}

async function answerAsProvider(
  { counters, faults }: RequestHandlerParts['emulation'],
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
  if (plan.early !== null && !(await strikeEarly(plan.early, exchange))) return;
  const answer = route.process(call, plan);
  if (plan.late === null) sendAnswer(exchange.response, answer);
  else await strikeLate(plan.late, answer, exchange);
}

function noRoute(allowedMethods: readonly string[]) {
  if (allowedMethods.length === 0) return errorAnswer(404, 'route.unknown', 'there is nothing at this path');
  const answer = errorAnswer(405, 'route.method', 'this path does not take this method');
  return { ...answer, headers: { allow: allowedMethods.join(', ') } };
}

/** Ends a call that threw: the sandbox is closing, the caller left, or a record could not be kept. */
function fail(response: ServerResponse, lifetime: AbortSignal): void {
  if (lifetime.aborted || response.headersSent || response.destroyed) response.destroy();
  else sendAnswer(response, errorAnswer(500, 'sandbox.failure', 'the sandbox could not process this call'));
}
