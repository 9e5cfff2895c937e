import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import { answerClientError } from './client-error.js';
import { describeProblem } from './problem.js';
import { requestIdOf } from './request-id.js';
import { sendProblem } from './send-problem.js';

const jsonType = /^application\/json(?: *; *charset="?utf-?8"?)? *$/i;

/**
 * The HTTP server with its bounds: size, headers, time. A body stays the bytes it came as, since the signature is over these;
 * the route reads it after the guard has let the request in.
 */
export function createServer({ limits }: Configuration): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    http: { headersTimeout: limits.requestTimeoutMs, connectionsCheckingInterval: 1_000 },
    keepAliveTimeout: 72_000,
    // When the server closes, no request is under way; a connection without a whole request would keep it open.
    forceCloseConnections: true,
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // Paths that the router can't read never reach a route or its filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const requestId = requestIdOf(request.headers);
      reply.header('X-Request-Id', requestId);
      sendProblem(describeProblem(error), { request, reply, requestId });
    },
    routerOptions: { maxParamLength: 256 },
  });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return adapter;
}
