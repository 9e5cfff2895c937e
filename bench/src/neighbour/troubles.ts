import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider that is out of order. */
export interface TroubledProvider {
  readonly url: string;
  stop(): Promise<void>;
}

/** A way in which a provider can be out of order. */
export interface Trouble {
  /** `refuses connections` */
  readonly name: string;
  readonly start: () => Promise<TroubledProvider>;
}

/** A port on which nobody listens. */
const nobody: TroubledProvider = { url: 'http://127.0.0.1:9', stop: async () => {} };

export const troubles: readonly Trouble[] = [
  { name: 'refuses connections', start: async () => nobody },
  { name: 'hangs', start: () => startAnswering(null) },
  { name: 'answers 500', start: () => startAnswering({ status: 500 }) },
  {
    name: 'answers 429 with 600 s',
    start: () => startAnswering({ status: 429, headers: { 'Retry-After': '600' } }),
  },
];

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a provider that answers everything alike, or nothing at all. */
async function startAnswering(reply: Reply | null): Promise<TroubledProvider> {
  const server = createServer((_, response) => {
    if (reply) response.writeHead(reply.status, reply.headers).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
