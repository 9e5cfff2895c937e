import { pipeline } from 'node:stream/promises';
import type { Exchange } from '../http/exchange.js';
import { sendHead } from '../http/send-answer.js';

const sizeLimit = 64 * 1024 * 1024;
const timeLimitMs = 60_000;
const blanks = Buffer.alloc(64 * 1024, ' ');

/** Sends a body that goes on until the caller leaves, or until a size and a time that no caller should have to bear. */
export async function sendEndlessBody({ response, lifetime }: Exchange): Promise<void> {
  const signal = AbortSignal.any([lifetime, AbortSignal.timeout(timeLimitMs)]);
  sendHead(response, { status: 200, body: null });
  await pipeline(beginningOfList, response, { signal, end: false });
  response.destroy();
}

function* beginningOfList(): Generator<Buffer> {
  yield Buffer.from('{"data":[');
  for (let sent = 0; sent < sizeLimit; sent += blanks.length) yield blanks;
}
