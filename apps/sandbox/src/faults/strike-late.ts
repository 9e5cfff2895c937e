import type { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { printBody, sendAnswer, sendHead } from '../http/send-answer.js';
import { sendEndlessBody } from './endless-body.js';
import type { LateFault } from './fault.js';
import { sendSlowBody } from './slow-body.js';
import { statusAnswer } from './status-answer.js';
import { wait } from './wait.js';

/** Answers a processed call as badly as the fault asks. */
export async function strikeLate(fault: LateFault, answer: Answer, exchange: Exchange): Promise<void> {
  const { response, lifetime } = exchange;
  switch (fault.kind) {
    case 'drop-after':
      response.destroy();
      return;
    case 'delay':
      await wait(fault.ms, lifetime);
      sendAnswer(response, answer);
      return;
    case 'status':
      sendAnswer(response, statusAnswer(fault));
      return;
    case 'garbled':
      sendGarbled(answer, exchange);
      return;
    case 'slow-body':
      await sendSlowBody(answer, fault.bytesPerSecond, exchange);
      return;
    case 'endless-body':
      await sendEndlessBody(exchange);
  }
}

/** The HTTP message is whole, its JSON is not. */
function sendGarbled(answer: Answer, { response }: Exchange): void {
  const bytes = Buffer.from(printBody(answer));
  const half = bytes.subarray(0, bytes.length >> 1);
  sendHead(response, { ...answer, status: 200 }, half.length);
  response.end(half);
}
