import { errorsByPath, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import type { FaultBook } from '../faults/fault-registry.js';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call, ControlRoute } from '../http/route.js';
import type { Journal, JournalFilter } from '../journal/journal.js';

/** The control interface: what tests read and set, out of the reach of faults. */
export function controlRoutes(parts: ControlParts): ControlRoute[] {
  const route = (method: string, path: RegExp, process: ControlRoute['process']): ControlRoute => ({
    method,
    path,
    endpoint: null,
    process,
  });
  return [
    route('GET', /^\/_sandbox\/health$/, () => ok(parts.health())),
    route('GET', /^\/_sandbox\/journal$/, (call) => ok(parts.journal(journalFilter(call.query)))),
    route('GET', /^\/_sandbox\/faults$/, () => ok(parts.faults.list())),
    route('POST', /^\/_sandbox\/faults$/, (call) => addFaults(call, parts.faults)),
    route('DELETE', /^\/_sandbox\/faults$/, () => ok({ cleared: parts.faults.clear() })),
    route('DELETE', /^\/_sandbox\/faults\/([^/]+)$/, (call) => clearFault(call, parts.faults)),
    route('POST', /^\/_sandbox\/reset$/, () => {
      parts.reset();
      return ok(parts.health());
    }),
  ];
}

function ok(body: unknown) {
  return { status: 200, body };
}

function journalFilter(query: string) {
  const paymentId = new URLSearchParams(query).get('payment_id');
  return paymentId === null ? {} : { paymentId };
}

/** Puts the rules of the body in force, one or a list; names every fault of theirs otherwise. */
function addFaults(call: Call, book: FaultBook): Answer {
  try {
    return { status: 201, body: book.add(call.document) };
  } catch (error) {
    if (isFiscalError(error)) return refusal(error);
    throw error;
  }
}

/** Takes one rule out of force. */
function clearFault(call: Call, book: FaultBook): Answer {
  const cleared = book.clear(call.id ?? '');
  if (cleared === 0) return errorAnswer(404, 'sandbox.fault.unknown', 'no such rule is in force');
  return { status: 200, body: { cleared } };
}

function refusal({ code, message, faults }: FiscalError): Answer {
  return { status: 400, body: { error: { message, code, errors: errorsByPath(faults), faults } } };
}

/** What the control interface reads and changes. */
export interface ControlParts {
  readonly faults: FaultBook;
  journal(filter: JournalFilter): Journal;
  reset(): void;
  health(): Readonly<Record<string, unknown>>;
}
