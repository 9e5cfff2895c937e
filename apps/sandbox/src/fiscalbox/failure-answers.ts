import { errorsByPath, type Fault, fiscalBoxFailure } from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';

const validationCode = 7;
const invalidArgumentCode = 104;

/** A request with faults: the message is itself JSON, a map from field to messages. */
export function invalidAnswer(faults: readonly Fault[]): Answer {
  const byField = Object.entries(errorsByPath(faults)).map(([path, messages]) => [fieldOf(path), messages]);
  return failure(validationCode, JSON.stringify(Object.fromEntries(byField)));
}

/** A second link for a payment that has one. */
export function conflictAnswer(): Answer {
  return failure(invalidArgumentCode, 'PAYMENT_ALREADY_FISCALIZED');
}

/** What a `reject` fault asks for; a code that is no number becomes the one of a wrong argument. */
export function rejectedAnswer(fault: Extract<OutcomeFault, { kind: 'reject' }>): Answer {
  const code = /^\d{1,9}$/.test(fault.code ?? '') ? Number(fault.code) : invalidArgumentCode;
  return failure(code, fault.message ?? 'REJECTED_BY_FAULT_RULE');
}

/** Every failure is HTTP 200. */
function failure(code: number, message: string): Answer {
  return { status: 200, body: fiscalBoxFailure({ code, message, data: null }) };
}

function fieldOf(path: string): string {
  return path === '$' ? 'non_field_errors' : path.replace(/^\$\./, '');
}
