import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Socket, Server as SocketServer } from 'node:net';

/** Most requests under way on one connection: clients that don't wait for answers send more. */
const mostRequests = 64;

/** Reason why a connection was ended. */
type Refusal = 'connections.full' | 'connection.pipelining';

/**
 * Limits the open connections. Over the limit, the one without a request for longest is closed for the new
 * one, so that a crowd of idle or slow clients can't shut out one that has something to say.
 */
export class Connections {
  readonly #most: number;
  readonly #refused: (refusal: Refusal) => void;
  /** In the order in which they became idle. */
  readonly #idle = new Set<Socket>();
  readonly #requests = new Map<Socket, number>();
  readonly #servers: Server[] = [];
  #open = 0;

  constructor({ most, refused }: { most: number; refused: (refusal: Refusal) => void }) {
    this.#most = most;
    this.#refused = refused;
  }

  get open(): number {
    return this.#open;
  }

  watch(server: Server): void {
    this.#servers.push(server);
    server.on('connection', (socket: Socket) => this.#welcome(socket));
  }

  /** Takes no more connections. Those that are open stay, also the idle ones. */
  stopListening(): void {
    // An HTTP server's own `close` ends idle connections, over which a request may be on its way.
    for (const server of this.#servers) SocketServer.prototype.close.call(server);
  }

  /** Records a request; `false` when it must not be served, because its connection is ended. */
  begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    if (socket.destroyed) return false;
    const requests = (this.#requests.get(socket) ?? 0) + 1;
    if (requests > mostRequests) {
      socket.destroy();
      this.#refused('connection.pipelining');
      return false;
    }
    this.#idle.delete(socket);
    this.#requests.set(socket, requests);
    response.once('close', () => this.#end(socket));
    return true;
  }

  #welcome(socket: Socket): void {
    this.#open += 1;
    this.#idle.add(socket);
    socket.once('close', () => {
      this.#open -= 1;
      this.#idle.delete(socket);
      this.#requests.delete(socket);
    });
    if (this.#open > this.#most) this.#evictIdle();
  }

  /** Closes the connection that is idle for longest: the new one, when all others are at work. */
  #evictIdle(): void {
    const [longestIdle] = this.#idle;
    if (!longestIdle) return;
    this.#idle.delete(longestIdle);
    longestIdle.destroy();
    this.#refused('connections.full');
  }

  #end(socket: Socket): void {
    if (socket.destroyed) return;
    const left = (this.#requests.get(socket) ?? 1) - 1;
    if (left > 0) {
      this.#requests.set(socket, left);
      return;
    }
    this.#requests.delete(socket);
    this.#idle.add(socket);
  }
}
