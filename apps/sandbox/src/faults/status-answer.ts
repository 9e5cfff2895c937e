import type { Answer } from '../http/answer.js';
import { errorAnswer } from '../http/error-answer.js';
import type { Fault } from './fault.js';

/** The answer of a `status` fault. */
export function statusAnswer(fault: Extract<Fault, { kind: 'status' }>): Answer {
  const answer = errorAnswer(fault.status, 'sandbox.fault.status', 'a fault rule asked for this status');
  if (fault.retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { 'retry-after': String(fault.retryAfterSeconds) } };
}
