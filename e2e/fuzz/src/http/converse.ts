import { connect } from 'node:net';
import type { Answer } from './answer.js';
import { readAnswers } from './read-answers.js';

/** What is written to a connection of its own, and when the writing ends. */
export interface Conversation {
  readonly port: number;
  readonly bytes: Uint8Array;
  /** Whether to say that nothing more comes; else the server has to end it. */
  readonly finish: boolean;
}

/** What came back until the server ended the connection. */
export interface Reply {
  readonly answers: readonly Answer[];
  readonly complete: boolean;
  readonly milliseconds: number;
}

/** The server must have answered and ended the connection by then; where the caller went silent, its own time must be over. */
const longestMs = { finished: 5_000, silent: 3_500 };

/**
 * Writes bytes to a server and reads what it answers until it ends the connection. Rejects when it does not do so in time; only
 * a caller who went silent between two requests may be waited for longer, and is left then.
 */
export function converse({ port, bytes, finish }: Conversation): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const chunks: Buffer[] = [];
  const limitMs = finish ? longestMs.finished : longestMs.silent;
  const startedAt = performance.now();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const replied = () => ({
    ...readAnswers(Buffer.concat(chunks)),
    milliseconds: performance.now() - startedAt,
  });
  const timer = setTimeout(() => {
    const reply = replied();
    if (!finish && reply.complete && reply.answers.length > 0) resolve(reply);
    else reject(new Error(`no end within ${limitMs} ms, after ${reply.answers.length} answers`));
    socket.destroy();
  }, limitMs);
  socket.setNoDelay(true);
  socket.on('data', (chunk) => chunks.push(chunk));
  // The server may end the connection before it has read everything: that is its right, and answers come first.
  socket.on('error', () => {});
  socket.once('end', () => socket.end());
  socket.once('close', () => {
    clearTimeout(timer);
    resolve(replied());
  });
  if (finish) socket.end(bytes);
  else socket.write(bytes);
  return promise;
}
