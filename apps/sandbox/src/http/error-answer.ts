import type { Answer } from './answer.js';

/** An error in the receipts API's envelope. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return { status, body: { error: { message, code } } };
}
