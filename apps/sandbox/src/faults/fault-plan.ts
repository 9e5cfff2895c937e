import type { ArmedRule } from './armed-rule.js';
import type { EarlyFault, Fault, LateFault, OutcomeFault } from './fault.js';

/** What goes wrong with one call: at most one fault before processing, one in its outcome and one in its answer. */
export interface FaultPlan {
  readonly early: EarlyFault | null;
  readonly outcome: OutcomeFault | null;
  readonly late: LateFault | null;
}

/** Makes the plan from the rules that are due: the first of each stage counts, and what never gets processed has no outcome. */
export function planFaults(due: readonly ArmedRule[]): FaultPlan {
  const early = take(due, isEarly);
  if (early !== null && early.kind !== 'delay') return { early, outcome: null, late: null };
  return { early, outcome: take(due, isOutcome), late: take(due, isLate) };
}

function take<Kind extends Fault>(
  due: readonly ArmedRule[],
  belongs: (fault: Fault) => fault is Kind,
): Kind | null {
  for (const armed of due) {
    const { fault } = armed.rule;
    if (!belongs(fault)) continue;
    armed.markApplied();
    return fault;
  }
  return null;
}

function isEarly(fault: Fault): fault is EarlyFault {
  if (fault.kind === 'delay' || fault.kind === 'status') return fault.when === 'before';
  return fault.kind === 'refuse' || fault.kind === 'drop-before';
}

function isOutcome(fault: Fault): fault is OutcomeFault {
  return fault.kind === 'stay-pending' || fault.kind === 'reject' || fault.kind === 'confirm-as';
}

function isLate(fault: Fault): fault is LateFault {
  return !isEarly(fault) && !isOutcome(fault);
}
