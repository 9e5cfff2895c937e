import { errorsByPath, type FiscalError, isFiscalError } from '@fiscalkit/schemas';
import type { FaultRegistry } from '../faults/fault-registry.js';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call, ControlRoute } from '../http/route.js';
import type { Journal, JournalFilter } from '../journal/journal.js';

interface ControlDependencies {
  readonly faults: FaultRegistry;
  journal(filter: JournalFilter): Journal;
  reset(): void;
  advance(milliseconds: number): void;
  health(): Readonly<Record<string, unknown>>;
}

/**
 * Returns the routes of the control interface, by which tests read and set up a sandbox; no fault applies to
 * them.
 */
export function controlRoutes({
  faults,
  journal,
  reset,
  health,
  advance,
}: ControlDependencies): ControlRoute[] {
  const route = (method: string, path: RegExp, process: ControlRoute['process']): ControlRoute => ({
    method,
    path,
    endpoint: null,
    process,
  });
  return [
    route('GET', /^\/_sandbox\/health$/, () => ok(health())),
    route('GET', /^\/_sandbox\/journal$/, (call) => ok(journal(journalFilter(call.query)))),
    route('GET', /^\/_sandbox\/faults$/, () => ok(faults.list())),
    route('POST', /^\/_sandbox\/faults$/, (call) => addFaults(call, faults)),
    route('DELETE', /^\/_sandbox\/faults$/, () => ok({ cleared: faults.clear() })),
    route('DELETE', /^\/_sandbox\/faults\/([^/]+)$/, (call) => clearFault(call, faults)),
    route('POST', /^\/_sandbox\/clock$/, (call) => moveClock(call, advance)),
    route('POST', /^\/_sandbox\/reset$/, () => {
      reset();
      return ok(health());
    }),
  ];
}

const mostMs = 400 * 86_400_000;

/** Moves the clock forward by `advanceMs`. */
function moveClock({ document }: Call, advance: ControlDependencies['advance']): Answer {
  const { advanceMs } = Object(document);
  const isSound = Number.isInteger(advanceMs) && advanceMs >= 0 && advanceMs <= mostMs;
  if (!isSound) {
    const message = `advanceMs is a whole number of milliseconds from 0 to ${mostMs}`;
    return errorAnswer(400, 'sandbox.clock.invalid', message);
  }
  advance(advanceMs);
  return ok({ advanceMs });
}

/** Adds the rule or the list of rules in the body; a 400 lists every fault in them. */
function addFaults(call: Call, registry: FaultRegistry): Answer {
  try {
    return { status: 201, body: registry.add(call.document) };
  } catch (error) {
    if (isFiscalError(error)) return refusal(error);
    throw error;
  }
}

function clearFault(call: Call, registry: FaultRegistry): Answer {
  const cleared = registry.clear(call.id ?? '');
  if (cleared === 0) return errorAnswer(404, 'sandbox.fault.unknown', 'no such rule is in force');
  return ok({ cleared });
}

function journalFilter(query: string): JournalFilter {
  const paymentId = new URLSearchParams(query).get('payment_id');
  return paymentId === null ? {} : { paymentId };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refusal({ code, message, faults }: FiscalError): Answer {
  return { status: 400, body: { error: { message, code, errors: errorsByPath(faults), faults } } };
}
