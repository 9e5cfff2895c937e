import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulatorOf } from '../emulators/emulators.js';
import { type Answer, errorAnswer } from '../http/answer.js';
import { type Exchange, sendAnswer, sendHead, serializeBody } from '../http/send-answer.js';
import type { Fault, FaultAfterProcessing, FaultBeforeProcessing } from './fault.js';

/** Injects a fault before processing. Returns whether the call is still to be processed. */
export async function injectBeforeProcessing(
  fault: FaultBeforeProcessing,
  exchange: Exchange,
): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await wait(fault.ms, exchange.lifetime);
      return true;
    case 'status':
      sendAnswer(exchange.response, statusAnswer(fault));
      return false;
    case 'error':
      sendAnswer(exchange.response, errorOf(fault, exchange));
      return false;
    case 'drop-before':
      exchange.response.destroy();
      return false;
    case 'refuse':
      exchange.refuseFor(fault.forMs);
      return false;
  }
}

/** Sends the answer to a processed call with a fault injected. */
export async function injectAfterProcessing(
  fault: FaultAfterProcessing,
  answer: Answer,
  exchange: Exchange,
): Promise<void> {
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
    case 'error':
      sendAnswer(response, errorOf(fault, exchange));
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

/** Sends a complete HTTP message with truncated JSON. */
function sendGarbled(answer: Answer, { response }: Exchange): void {
  const bytes = Buffer.from(serializeBody(answer));
  const half = bytes.subarray(0, bytes.length >> 1);
  sendHead(response, { ...answer, status: 200 }, half.length);
  response.end(half);
}

/** Returns the answer of a `status` fault. */
function statusAnswer(fault: Extract<Fault, { kind: 'status' }>): Answer {
  const answer = errorAnswer(fault.status, 'sandbox.fault.status', 'a fault rule asked for this status');
  if (fault.retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { 'retry-after': String(fault.retryAfterSeconds) } };
}

/** Returns the answer of an `error` fault, as the provider of the endpoint writes it. */
function errorOf(fault: Extract<Fault, { kind: 'error' }>, { endpoint }: Exchange): Answer {
  return emulatorOf(endpoint)?.errorAnswer(fault) ?? { status: fault.status, body: null };
}

const chunksPerSecond = 20;

/** Sends an answer at a limited rate. */
async function sendSlowBody(answer: Answer, bytesPerSecond: number, exchange: Exchange): Promise<void> {
  const { response, lifetime } = exchange;
  const bytes = Buffer.from(serializeBody(answer));
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

const sizeLimit = 64 * 1024 * 1024;
const timeLimitMs = 60_000;
const blanks = Buffer.alloc(64 * 1024, ' ');

/** Sends a body until the client disconnects, or up to a size and a time that no client should accept. */
async function sendEndlessBody({ response, lifetime }: Exchange): Promise<void> {
  const signal = AbortSignal.any([lifetime, AbortSignal.timeout(timeLimitMs)]);
  sendHead(response, { status: 200, body: null });
  await pipeline(beginningOfList, response, { signal, end: false });
  response.destroy();
}

function* beginningOfList(): Generator<Buffer> {
  yield Buffer.from('{"data":[');
  for (let sent = 0; sent < sizeLimit; sent += blanks.length) yield blanks;
}

/** Waits. Rejects with an `AbortError` when the sandbox closes first. */
async function wait(milliseconds: number, lifetime: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: lifetime });
}
