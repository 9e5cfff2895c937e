import type { ControlRoute } from '../http/route.js';
import { addFaults, clearFault } from './change-faults.js';
import type { ControlParts } from './control-parts.js';

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
