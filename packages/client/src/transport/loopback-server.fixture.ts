import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Request as it arrived. */
interface ReceivedRequest {
  readonly method: string;
  /** Path with the query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers a request, or misbehaves. */
export type Behaviour = (response: ServerResponse, request: ReceivedRequest) => void;

export interface LoopbackServer {
  readonly origin: string;
  /** Requests since the last change of behaviour. */
  readonly received: readonly ReceivedRequest[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Returns the behaviour for requests apart from the tested ones, such as a log-in; `null` for others. */
export type AsideBehaviour = (request: ReceivedRequest) => Behaviour | null;

/**
 * Starts a real HTTP server on a free port of the loopback interface, which behaves as told. Requests that are
 * answered aside are not among those received.
 */
export async function startLoopbackServer(aside: AsideBehaviour = () => null): Promise<LoopbackServer> {
  let received: ReceivedRequest[] = [];
  let behaviour: Behaviour = (response) => response.end();
  const server = createServer(async (message, response) => {
    const { method = '', url = '', headers } = message;
    const request = { method, target: url, headers, body: await buffer(message) };
    const besides = aside(request);
    if (besides) return besides(response, request);
    received.push(request);
    behaviour(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    get received() {
      return received;
    },
    behave(next) {
      received = [];
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Returns an address of the loopback interface at which nobody listens. */
export async function unusedOrigin(): Promise<string> {
  const server = await startLoopbackServer();
  await server.close();
  return server.origin;
}

/** Answers with a status and a body: JSON, unless it is text already. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Accepts the request and breaks the connection without an answer. */
export const dropping: Behaviour = (response) => response.socket?.destroy();

/** Accepts the request and never answers. */
export const hanging: Behaviour = () => {};

/** Answers with something that is not HTTP. */
export const garbling: Behaviour = (response) => response.socket?.end('220 smtp ready\r\n\r\n');

/** Announces more than it sends, then breaks the connection. */
export const truncating: Behaviour = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"data":', () => response.socket?.destroy());
};

/** Sends a body of a given length. */
export function flooding(length: number): Behaviour {
  return (response) => response.end(Buffer.alloc(length, ' '));
}
