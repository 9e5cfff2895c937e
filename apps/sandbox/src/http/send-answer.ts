import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';

/** Prints the body of an answer. */
export function printBody(answer: Answer): Buffer {
  return Buffer.from(JSON.stringify(answer.body), 'utf8');
}

/** Writes the head of a JSON answer; without a length the body is chunked. */
export function sendHead(response: ServerResponse, answer: Answer, length?: number): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...(length === undefined ? {} : { 'content-length': length }),
    ...answer.headers,
  });
}

/** Writes an answer whole. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const bytes = printBody(answer);
  sendHead(response, answer, bytes.length);
  response.end(bytes);
}
