import { errorsByPath, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import type { FaultRegistry } from '../faults/fault-registry.js';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call, ControlRoute } from '../http/route.js';
import type { Journal, JournalFilter } from '../journal/journal.js';

/** The control interface: what tests read and set, out of the reach of faults. */
export function controlRoutes(dependencies: ControlDependencies): ControlRoute[] {
  const route = (method: string, path: RegExp, process: ControlRoute['process']): ControlRoute => ({
    method,
    path,
    endpoint: null,
    process,
  });
  return [
    route('GET', /^\/_sandbox\/health$/, () => ok(dependencies.health())),
    route('GET', /^\/_sandbox\/journal$/, (call) => ok(dependencies.journal(journalFilter(call.query)))),
    route('GET', /^\/_sandbox\/faults$/, () => ok(dependencies.faults.list())),
    route('POST', /^\/_sandbox\/faults$/, (call) => addFaults(call, dependencies.faults)),
    route('DELETE', /^\/_sandbox\/faults$/, () => ok({ cleared: dependencies.faults.clear() })),
    route('DELETE', /^\/_sandbox\/faults\/([^/]+)$/, (call) => clearFault(call, dependencies.faults)),
    route('POST', /^\/_sandbox\/reset$/, () => {
      dependencies.reset();
      return ok(dependencies.health());
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
function addFaults(call: Call, registry: FaultRegistry): Answer {
  try {
    return { status: 201, body: registry.add(call.document) };
  } catch (error) {
    if (isFiscalError(error)) return refusal(error);
    throw error;
  }
}

/** Takes one rule out of force. */
function clearFault(call: Call, registry: FaultRegistry): Answer {
  const cleared = registry.clear(call.id ?? '');
  if (cleared === 0) return errorAnswer(404, 'sandbox.fault.unknown', 'no such rule is in force');
  return { status: 200, body: { cleared } };
}

function refusal({ code, message, faults }: FiscalError): Answer {
  return { status: 400, body: { error: { message, code, errors: errorsByPath(faults), faults } } };
}

/** What the control interface reads and changes. */
export interface ControlDependencies {
  readonly faults: FaultRegistry;
  journal(filter: JournalFilter): Journal;
  reset(): void;
  health(): Readonly<Record<string, unknown>>;
}
