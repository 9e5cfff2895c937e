import { createServer, type RequestListener, type Server } from 'node:http';
import type { Configuration } from '../configuration/configuration.js';
import type { Bounds } from './bounds.js';
import { answerClientError } from './client-error.js';

/** Longest that an answer may make no way towards a client that does not read. */
const deafMs = 15_000;

type ServerSettings = Pick<Configuration, 'limits'> & Pick<Bounds, 'connections' | 'refused'>;

/**
 * Opens the server under the router, with its bounds of time: for the headers, for the whole request, and for a client that neither
 * reads nor sends. It is called once for every address that a name stands for.
 */
export function openServer(
  handler: RequestListener,
  { limits, connections, refused }: ServerSettings,
): Server {
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
