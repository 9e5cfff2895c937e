import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callbacksRoute, longestCallbackBody } from '../callbacks/callbacks.controller.js';
import type { Configuration } from '../configuration/configuration.js';
import { paymentTypes } from '../reconciliation/payment-lines.js';
import type { ServerLimits } from './limits.js';
import { requestIdOf } from './observe-requests.js';
import { sendProblem } from './problem.filter.js';
import { describeProblem } from './problem.js';

const jsonType = /^application\/json(?: *; *charset="?utf-?8"?)? *$/i;

/** Route that takes lists of payments. */
const paymentsRoute = '/admin/reconciliations';

/** Longest part of a path that a route takes, in characters; longer ones are answered with 414. */
export const longestParameter = 256;

/**
 * Creates the HTTP server with its limits of size, headers and time. A body stays the bytes that came, since
 * the signature is over these; the route reads it after the guard has admitted the request.
 */
export function createAdapter(
  { limits, trustedProxies }: Configuration,
  serverLimits: ServerLimits,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    serverFactory: (handler: RequestListener) => openServer(handler, { limits, ...serverLimits }),
    // Whoever is not named may write what they like into X-Forwarded-For.
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // When the server closes, no request is under way; a connection without a whole request would keep it open.
    forceCloseConnections: true,
    return503OnClosing: false,
    // Every server has our own already.
    clientErrorHandler: () => {},
    // Paths that the router can't read never reach a route or its filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const requestId = requestIdOf(request.headers);
      reply.header('X-Request-Id', requestId);
      sendProblem(describeProblem(error), { request, reply, requestId });
    },
    routerOptions: { maxParamLength: longestParameter },
  });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addContentTypeParser(Object.keys(paymentTypes), (request, payload, done) => {
    // Read by the route itself, as it arrives; no other takes such a body.
    if (request.routeOptions.url === paymentsRoute) done(null, payload);
    else done(Object.assign(new Error('content type'), { statusCode: 415 }));
  });
  server.addHook('onRoute', (route) => {
    if (route.url === callbacksRoute) route.bodyLimit = Math.min(limits.bodyBytes, longestCallbackBody);
  });
  // Nobody says in which type a provider calls back; it is read as what it is meant to be.
  server.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Uint8Array>) => {
    const { url, bodyLimit } = request.routeOptions;
    if (url === callbacksRoute) return readWhole(payload, bodyLimit);
    throw Object.assign(new Error('content type'), { statusCode: 415 });
  });
  return adapter;
}

/** Reads a body of any type. Rejects with status 413 for one that is longer than that. */
async function readWhole(payload: AsyncIterable<Uint8Array>, longest: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length > longest) throw Object.assign(new Error('too large'), { statusCode: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Milliseconds that a response may stall on a client that does not read. */
const deafMs = 15_000;

type ServerSettings = Pick<Configuration, 'limits'> & Pick<ServerLimits, 'connections' | 'refused'>;

/**
 * Opens the server under the router, with limits of time for the headers, for the whole request, and for a
 * client that neither reads nor sends. It is called once for every address that a name stands for.
 */
function openServer(handler: RequestListener, { limits, connections, refused }: ServerSettings): Server {
  const { requestTimeoutMs, waitMs } = limits;
  const server = createServer(
    {
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 72_000,
    },
    (request, response) => {
      if (connections.begin(request, response)) handler(request, response);
    },
  );
  server.setTimeout(Math.max(waitMs, requestTimeoutMs) + deafMs);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const code = answerClientError(error, socket);
    if (code) refused.add(code);
  });
  connections.watch(server);
  return server;
}

const refusals: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request.timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'request.headers',
    'The headers are too large.',
  ],
};

const malformed = ['400 Bad Request', 'request.malformed', 'This is not an HTTP request.'] as const;

/**
 * Answers bytes that never became a request in the envelope of every other error, and ends the connection.
 * Returns the code of the error; `null` when the client was gone already.
 */
function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): string | null {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return null;
  }
  const [status, code, message] = refusals[error.code ?? ''] ?? malformed;
  const retryable = code === 'request.timeout';
  const body = JSON.stringify({
    error: { message, code, errors: {}, faults: [], retryable, request_id: randomUUID() },
  });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  return code;
}
