import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that may be under way at once: clients that don't wait for answers ask for more. */
const mostRequests = 64;

/** Why a connection was ended. */
type Refusal = 'connections.full' | 'connection.pipelining';

/**
 * Keeps the number of open connections within a limit. Over it, the connection that has had no request for longest makes room
 * for the new one, so that a crowd of idle or slow clients can't shut out one that has something to say.
 */
export class Connections {
  readonly #most: number;
  readonly #refused: (refusal: Refusal) => void;
  /** In the order in which they became idle. */
  readonly #idle = new Set<Socket>();
  readonly #requests = new Map<Socket, number>();
  #open = 0;

  constructor({ most, refused }: { most: number; refused: (refusal: Refusal) => void }) {
    this.#most = most;
    this.#refused = refused;
  }

  get open(): number {
    return this.#open;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.#welcome(socket));
  }

  /** Notes a request; `false` when it must not be served, because its connection is ended. */
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
    if (this.#open > this.#most) this.#makeRoom();
  }

  /** When all others are at work, the new connection is the one that goes. */
  #makeRoom(): void {
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
