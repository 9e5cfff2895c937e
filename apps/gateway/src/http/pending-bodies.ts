import type { Socket } from 'node:net';

/**
 * Limits the requests whose body is still arriving. Over the limit, the oldest of them is cut off: slow
 * clients can take neither memory nor place from a quick one.
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
