import { createServer, type Socket } from 'node:net';
import { exampleAnswer } from '../example-answer.js';

const headEnd = '\r\n\r\n';
const body = JSON.stringify(exampleAnswer);
const answer = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'Content-Type: application/json; charset=utf-8',
    `Date: ${new Date().toUTCString()}`,
    'Connection: keep-alive',
    'Keep-Alive: timeout=60',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n'),
);

/** Answers every request at once, on plain sockets: so cheaply that its callers are the limit. */
function serve(socket: Socket): void {
  let unread: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
    for (let length = requestLength(unread); length !== null; length = requestLength(unread)) {
      unread = unread.subarray(length);
      socket.write(answer);
    }
  });
  socket.on('error', () => socket.destroy());
}

/** Returns the length of the first request that was read, with its body; `null` until it is complete. */
function requestLength(read: Buffer): number | null {
  const headLength = read.indexOf(headEnd);
  if (headLength < 0) return null;
  const head = read.toString('latin1', 0, headLength);
  const [, bodyLength = '0'] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const length = headLength + headEnd.length + Number(bodyLength);
  return length <= read.length ? length : null;
}

const server = createServer({ noDelay: true }, serve).listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`listens at http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit());
