import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

interface PendingRequest {
  answered(status: number): void;
  failed(error: Error): void;
}

/**
 * A connection that is kept alive, with one request in flight. It works on the socket itself, so that the
 * load costs little beside the service that bears it.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #pending: PendingRequest | null = null;

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
    this.#socket.on('error', (error) => this.#pending?.failed(error));
    this.#socket.on('close', () => this.#pending?.failed(new Error('the service closed a connection')));
  }

  static async open(url: URL): Promise<Connection> {
    const connection = new Connection(url);
    await once(connection.#socket, 'connect');
    return connection;
  }

  /** Sends a whole request; resolves with the status of its answer. */
  send(request: Uint8Array): Promise<number> {
    return new Promise((answered, failed) => {
      this.#pending = { answered, failed };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#pending = null;
    this.#socket.destroy();
  }

  #arrived(text: string): void {
    const status = this.#reader.take(text);
    if (status !== null) this.#pending?.answered(status);
  }
}

const endOfHead = '\r\n\r\n';
const contentLength = /\r\ncontent-length: *(\d+)/i;

/** Reads the answers of one connection as far as a load generator needs: their status and their end. */
export class AnswerReader {
  #received = '';

  /** Takes what arrived, as Latin-1 text, and returns the status of a whole answer; `null` until then. */
  take(text: string): number | null {
    this.#received += text;
    const length = lengthOf(this.#received);
    if (length === null || this.#received.length < length) return null;
    if (this.#received.length > length) throw new Error('more was answered than was asked for');
    const status = Number(this.#received.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    this.#received = '';
    return status;
  }
}

/** Returns the bytes of the whole answer; `null` as long as its head is not there. */
function lengthOf(received: string): number | null {
  const end = received.indexOf(endOfHead);
  if (end === -1) return null;
  const length = contentLength.exec(received)?.[1];
  if (length === undefined) throw new Error('an answer without a content-length');
  return end + endOfHead.length + Number(length);
}
