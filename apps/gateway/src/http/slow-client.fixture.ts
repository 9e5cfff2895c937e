import { connect, type Socket } from 'node:net';

/** Bytes that a raw client sends: once, and then again and again until the connection ends. */
export interface SlowClient {
  readonly url: string;
  readonly first?: string;
  readonly drip?: string;
  readonly everyMs?: number;
  /** Whether the client ends its half of the connection after the first bytes. */
  readonly halfOpen?: boolean;
  /** Whether the client never reads an answer. */
  readonly deaf?: boolean;
}

/** Opens a connection as a hostile client. */
export function openSlowClient({ url, first = '', drip, everyMs = 20, halfOpen, deaf }: SlowClient): Socket {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  if (deaf) socket.pause();
  if (halfOpen) socket.end(first);
  else socket.write(first);
  if (drip !== undefined) {
    const timer = setInterval(() => socket.writable && socket.write(drip), everyMs);
    socket.once('close', () => clearInterval(timer));
  }
  return socket;
}

/** Resolves to all bytes received until the server ended the connection. */
export function untilEnded(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.once('end', () => socket.end());
    socket.once('close', () => resolve(text));
  });
}
