import { createServer, type Socket } from 'node:net';
import { exampleAnswer } from './example-answer.js';
import { requestLength } from './request-length.js';

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

/** Reads every request to its end and answers it at once, on plain sockets: so cheaply that its callers are the limit. */
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

const server = createServer({ noDelay: true }, serve).listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`listens at http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit());
