import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Reply } from '../reply.fixture.js';
import { russianReceipt, Shop } from '../shop.fixture.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';

const target = '/v5/receipts';
const body = Buffer.from(JSON.stringify(russianReceipt));

let sandbox: Sandbox;
let socket: Socket;

beforeEach(async () => {
  sandbox = await startSandbox({ registrationDelayMs: 0 });
  socket = connect({ port: sandbox.port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
});

afterEach(async () => {
  socket.destroy();
  await sandbox.close();
});

/** Sends the head of a signed request and the beginning of its body. */
async function begin(bytes: number): Promise<void> {
  await using shop = new Shop(sandbox.url);
  const signature = shop.signature({ target, document: russianReceipt });
  socket.write(
    `POST ${target} HTTP/1.1\r\nhost: localhost\r\nx-jws-signature: ${signature}\r\n` +
      `content-length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.subarray(0, bytes));
  await expect.poll(() => socket.bytesWritten > bytes, { interval: 2 }).toBe(true);
}

test('a body that arrives in pieces, cut in the middle of a letter, is read completely', async () => {
  const middleOfLetter = body.indexOf('№') + 1;
  await begin(middleOfLetter);
  await new Promise((resolve) => setTimeout(resolve, 10));
  socket.write(body.subarray(middleOfLetter));
  const [answer] = await once(socket, 'data');
  const [head = '', text = ''] = String(answer).split('\r\n\r\n');
  expect(head).toContain('HTTP/1.1 200 OK');
  expect(head).toContain(`content-length: ${Buffer.byteLength(text)}`);
  expect(new Reply(200, {}, text).receipt().positions[0]?.name).toBe('Товар №1');
});

test('a client that disconnects in the middle of the body has made no call', async () => {
  await begin(10);
  socket.destroy();
  await using shop = new Shop(sandbox.url);
  expect((await shop.create(russianReceipt)).status).toBe(200);
  expect(sandbox.journal().requests['receipts.create']).toBe(1);
  expect(sandbox.journal().receipts).toHaveLength(1);
});
