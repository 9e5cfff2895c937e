import type { ServerResponse } from 'node:http';
import type { EndpointName } from '../faults/endpoint-name.js';
import type { Answer } from './answer.js';

/** Serializes the body of an answer; `undefined` is none at all. */
export function serializeBody(answer: Answer): string {
  return answer.body === undefined ? '' : JSON.stringify(answer.body);
}

/** Sends the head of a JSON answer; without a length in bytes the body is chunked. */
export function sendHead(response: ServerResponse, answer: Answer, length?: number): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...(length === undefined ? {} : { 'content-length': length }),
    ...answer.headers,
  });
}

/** Sends an answer. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const text = serializeBody(answer);
  sendHead(response, answer, Buffer.byteLength(text));
  // Only text is sent to the socket in one piece with the head, bytes are not.
  response.end(text);
}

/** Handles on a call in progress that faults act on. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly endpoint: EndpointName;
  /** Signal aborted when the sandbox closes, which ends every wait. */
  readonly lifetime: AbortSignal;
  /** Stops listening for the given time and closes every connection. */
  refuseFor(milliseconds: number): void;
}
