import { errorsByPath, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import type { FaultBook } from '../faults/fault-book.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { errorAnswer } from '../http/error-answer.js';

/** Puts the rules of the body in force, one or a list; names every fault of theirs otherwise. */
export function addFaults(call: Call, book: FaultBook): Answer {
  try {
    return { status: 201, body: book.add(call.document) };
  } catch (error) {
    if (isFiscalError(error)) return refusal(error);
    throw error;
  }
}

/** Takes one rule out of force. */
export function clearFault(call: Call, book: FaultBook): Answer {
  const cleared = book.clear(call.id ?? '');
  if (cleared === 0) return errorAnswer(404, 'sandbox.fault.unknown', 'no such rule is in force');
  return { status: 200, body: { cleared } };
}

function refusal({ code, message, faults }: FiscalError): Answer {
  return { status: 400, body: { error: { message, code, errors: errorsByPath(faults), faults } } };
}
