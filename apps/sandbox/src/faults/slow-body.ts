import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { printBody, sendHead } from '../http/send-answer.js';
import { wait } from './wait.js';

const chunksPerSecond = 20;

/** Sends an answer at so many bytes a second. */
export async function sendSlowBody(
  answer: Answer,
  bytesPerSecond: number,
  exchange: Exchange,
): Promise<void> {
  const { response, lifetime } = exchange;
  const bytes = Buffer.from(printBody(answer));
  const chunkSize = Math.ceil(bytesPerSecond / chunksPerSecond);
  sendHead(response, answer, bytes.length);
  response.flushHeaders();
  for (let sent = 0; sent < bytes.length && !response.destroyed; sent += chunkSize) {
    const chunk = bytes.subarray(sent, sent + chunkSize);
    await wait((chunk.length * 1000) / bytesPerSecond, lifetime);
    response.write(chunk);
  }
  response.end();
}
