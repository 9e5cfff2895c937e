import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { types } from 'node:util';
import { FiscalError } from '@fiscalkit/schemas';

const reopenPauseMs = 20;
const closingGraceMs = 500;

/** HTTP server that can close for a while and reopen on the same port. */
export class Listener {
  readonly #server: Server;
  readonly #host: string;
  #port: number;
  #reopening: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(address: { host: string; port: number }, onRequest: RequestListener) {
    this.#host = address.host;
    this.#port = address.port;
    this.#server = createServer(onRequest);
  }

  /** Port listened on; known once `open` has resolved. */
  get port(): number {
    return this.#port;
  }

  /** Starts to listen. Rejects with `sandbox.port.taken` when another program has the port. */
  async open(): Promise<void> {
    await openServer(this.#server, this.#host, this.#port);
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes the listening socket and every connection; reopens after the given time. */
  refuseFor(milliseconds: number): void {
    if (this.#closed || this.#reopening !== null) return;
    this.#server.close();
    this.#server.closeAllConnections();
    this.#reopenAfter(milliseconds);
  }

  /** Stops listening; calls in progress get half a second before their connections are closed. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#reopening !== null) clearTimeout(this.#reopening);
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const grace = setTimeout(() => this.#server.closeAllConnections(), closingGraceMs);
    await closed;
    clearTimeout(grace);
  }

  #reopenAfter(milliseconds: number): void {
    this.#reopening = setTimeout(() => this.#reopen(), milliseconds);
  }

  /** Retries until the port is free again, as another socket may hold it, or until the sandbox closes. */
  async #reopen(): Promise<void> {
    try {
      await openServer(this.#server, this.#host, this.#port);
      this.#reopening = null;
    } catch {
      if (!this.#closed) this.#reopenAfter(reopenPauseMs);
      return;
    }
    if (this.#closed) this.#server.close();
  }
}

/** Starts a server. Rejects with `sandbox.port.taken` or `sandbox.port.unavailable`. */
async function openServer(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw portError(cause, host, port);
  }
}

function portError(cause: unknown, host: string, port: number): FiscalError {
  const taken = types.isNativeError(cause) && 'code' in cause && cause.code === 'EADDRINUSE';
  return taken
    ? new FiscalError({
        code: 'sandbox.port.taken',
        message: `port ${port} of ${host} is taken by another program: choose another one`,
        retryable: false,
        cause,
      })
    : new FiscalError({
        code: 'sandbox.port.unavailable',
        message: `cannot listen on port ${port} of ${host}`,
        retryable: false,
        cause,
      });
}
