import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Answer } from './answer.js';

/** Bytes to write to a new connection, and how the writing ends. */
export interface Conversation {
  readonly port: number;
  readonly bytes: Uint8Array;
  /** Whether to end the writing side; otherwise the server has to end the connection. */
  readonly finish: boolean;
}

/** Bytes that were received until the server ended the connection. */
export interface Reply {
  readonly answers: readonly Answer[];
  readonly complete: boolean;
  readonly milliseconds: number;
}

/** Time for the server to answer and end the connection; its own time-outs for silent callers are shorter. */
const longestMs = { finished: 5_000, silent: 3_500 };

/**
 * Writes bytes to a server and reads its answers until it ends the connection. Rejects when it does not end
 * it in time; only for a caller who went silent between two requests it may wait longer, and is left then.
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
  // The server may end the connection before it has read everything; answers come first.
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

/** Reader of answers from the remaining bytes. */
type Cut = { readonly answer: Answer; readonly rest: string } | 'incomplete';

/** Reads the answers of one connection in order; `complete` is false after one cut off or other bytes. */
export function readAnswers(bytes: Buffer): {
  readonly answers: readonly Answer[];
  readonly complete: boolean;
} {
  const answers: Answer[] = [];
  let rest = bytes.toString('latin1');
  while (rest !== '') {
    const cut = cutAnswer(rest);
    if (cut === 'incomplete') return { answers, complete: false };
    answers.push(cut.answer);
    ({ rest } = cut);
  }
  return { answers, complete: true };
}

function cutAnswer(text: string): Cut {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (status === undefined) return 'incomplete';
  const headers = new Map(lines.map((line) => headerOf(line)));
  const body = cutBody(text.slice(end + 4), headers);
  if (body === 'incomplete') return body;
  const answer = { status: Number(status), headers, body: Buffer.from(body.text, 'latin1').toString() };
  return { answer, rest: body.rest };
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function cutBody(
  text: string,
  headers: ReadonlyMap<string, string>,
): { readonly text: string; readonly rest: string } | 'incomplete' {
  // An answer to HEAD and an interim answer have no body, whatever their headers say.
  if (text === '' || text.startsWith('HTTP/1.1 ')) return { text: '', rest: text };
  if (headers.get('transfer-encoding') === 'chunked') return cutChunks(text);
  const length = Number(headers.get('content-length') ?? 0);
  return text.length < length ? 'incomplete' : { text: text.slice(0, length), rest: text.slice(length) };
}

function cutChunks(text: string) {
  let body = '';
  for (let rest = text; ; ) {
    const size = /^([\da-f]+)\r\n/i.exec(rest);
    if (!size) return 'incomplete';
    const length = Number.parseInt(size[1] ?? '', 16);
    const from = size[0].length;
    if (rest.length < from + length + 2) return 'incomplete';
    body += rest.slice(from, from + length);
    rest = rest.slice(from + length + 2);
    if (length === 0) return { text: body, rest };
  }
}

/** More bytes than a server reads before it refuses a request. */
const muchUnread = 16_384;

/**
 * Returns the one answer to a request that was sent on a connection of its own. `null` where a long body lost
 * it: a server that ends the connection with much of it unread resets it, and the system may then drop the
 * answer.
 */
export function oneAnswer({ answers, complete }: Reply, body: { readonly length: number }): Answer | null {
  const [answer] = answers.filter(({ status }) => status >= 200);
  if ((!answer || !complete) && body.length > muchUnread) return null;
  assert.ok(answer, 'no answer');
  assert.ok(complete, 'an answer that is cut off');
  return answer;
}
