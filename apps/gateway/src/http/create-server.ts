import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Configuration } from '../configuration/configuration.js';
import { answerClientError } from './client-error.js';

const jsonType = /^application\/json(?: *; *charset="?utf-?8"?)? *$/i;

/**
 * The HTTP server with its bounds: size, headers, time. A body stays the bytes it came as, since the signature is over these;
 * the route reads it after the guard has let the request in.
 */
export function createServer({ limits }: Configuration): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 256 },
  });
  const server = adapter.getInstance();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return adapter;
}
