import type { RequestListener } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../configuration/configuration.js';
import type { Bounds } from './bounds.js';
import { openServer } from './open-server.js';
import { describeProblem } from './problem.js';
import { requestIdOf } from './request-id.js';
import { sendProblem } from './send-problem.js';

const jsonType = /^application\/json(?: *; *charset="?utf-?8"?)? *$/i;

/** Longest part of a path that a route takes, in characters; longer ones are answered with 414. */
export const longestParameter = 256;

/**
 * The HTTP server with its bounds: size, headers, time. A body stays the bytes it came as, since the signature is over these;
 * the route reads it after the guard has let the request in.
 */
export function createServer({ limits, trustedProxies }: Configuration, bounds: Bounds): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    serverFactory: (handler: RequestListener) => openServer(handler, { limits, ...bounds }),
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
  return adapter;
}
