import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';

/** Prints the body of an answer. */
export function serializeBody(answer: Answer): string {
  return JSON.stringify(answer.body);
}

/** Writes the head of a JSON answer; without a length in bytes the body is chunked. */
export function sendHead(response: ServerResponse, answer: Answer, length?: number): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...(length === undefined ? {} : { 'content-length': length }),
    ...answer.headers,
  });
}

/** Writes an answer whole. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const text = serializeBody(answer);
  sendHead(response, answer, Buffer.byteLength(text));
  // Text, not bytes: only text goes to the socket in one piece with the head.
  response.end(text);
}

/** What a fault can get its hands on while one call is being answered. */
export interface Exchange {
  readonly response: ServerResponse;
  /** Aborted when the sandbox closes: nothing waits longer than that. */
  readonly lifetime: AbortSignal;
  /** Stops listening for so many milliseconds and breaks every open connection. */
  refuseFor(milliseconds: number): void;
}
