import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';

interface Asker {
  answered(status: number): void;
  failed(error: Error): void;
}

/**
 * A connection that is kept alive, with one request under way. It works on the socket itself, so that the load costs little beside
 * the service that bears it.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #asker: Asker | null = null;

  private constructor({ hostname, port }: URL) {
    const buffer = Buffer.allocUnsafeSlow(65_536);
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer,
        callback: (length) => {
          this.#arrived(buffer.toString('latin1', 0, length));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#asker?.failed(error));
    this.#socket.on('close', () => this.#asker?.failed(new Error('the service closed a connection')));
  }

  static async open(url: URL): Promise<Connection> {
    const connection = new Connection(url);
    await once(connection.#socket, 'connect');
    return connection;
  }

  /** Sends a whole request; resolves with the status of its answer. */
  ask(request: Uint8Array): Promise<number> {
    return new Promise((answered, failed) => {
      this.#asker = { answered, failed };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#asker = null;
    this.#socket.destroy();
  }

  #arrived(text: string): void {
    const status = this.#reader.take(text);
    if (status !== null) this.#asker?.answered(status);
  }
}
