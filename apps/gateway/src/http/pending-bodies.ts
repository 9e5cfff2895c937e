import type { Socket } from 'node:net';

/**
 * Keeps the number of requests whose body is still on its way within a limit. Over it, the one that has been on its way for
 * longest is cut off: slow clients can hold neither memory nor the place of one that is quick.
 */
export class PendingBodies {
  readonly #most: number;
  readonly #refused: () => void;
  readonly #arriving = new Set<Socket>();

  constructor({ most, refused }: { most: number; refused: () => void }) {
    this.#most = most;
    this.#refused = refused;
  }

  begin(socket: Socket): void {
    this.#arriving.add(socket);
    if (this.#arriving.size <= this.#most) return;
    const [slowest] = this.#arriving;
    if (!slowest) return;
    this.#arriving.delete(slowest);
    slowest.destroy();
    this.#refused();
  }

  end(socket: Socket): void {
    this.#arriving.delete(socket);
  }
}
