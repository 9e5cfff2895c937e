import type { WritingWay } from '../writing/writing-way.js';
import type { ArmedRule } from './active-fault-rule.js';
import type { EarlyFault, Fault, LateFault, OutcomeFault } from './fault.js';

/** What goes wrong with one call: at most one fault before processing, one in its outcome and one in its answer. */
export interface FaultPlan {
  readonly early: EarlyFault | null;
  readonly outcome: OutcomeFault | null;
  /** How the receipt is shown, or the list answered, from then on. */
  readonly writing: readonly WritingWay[];
  readonly late: LateFault | null;
}

/** What the processing of a call goes by. */
export type ProcessingPlan = Pick<FaultPlan, 'outcome' | 'writing'>;

/** Makes the plan from the rules that are due: the first of each stage counts, all ways of writing add up, and what never gets processed has no outcome. */
export function planFaults(due: readonly ArmedRule[]): FaultPlan {
  const early = take(due, isEarly);
  if (early !== null && early.kind !== 'delay') return { early, outcome: null, writing: [], late: null };
  return { early, outcome: take(due, isOutcome), writing: takeWriting(due), late: take(due, isLate) };
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

function takeWriting(due: readonly ArmedRule[]): WritingWay[] {
  return due.flatMap((armed) => {
    const { fault } = armed.rule;
    if (fault.kind !== 'write') return [];
    armed.markApplied();
    return fault.as;
  });
}

function isEarly(fault: Fault): fault is EarlyFault {
  if (fault.kind === 'delay' || fault.kind === 'status') return fault.when === 'before';
  return fault.kind === 'refuse' || fault.kind === 'drop-before';
}

function isOutcome(fault: Fault): fault is OutcomeFault {
  return fault.kind === 'stay-pending' || fault.kind === 'reject' || fault.kind === 'confirm-as';
}

function isLate(fault: Fault): fault is LateFault {
  return !isEarly(fault) && !isOutcome(fault) && fault.kind !== 'write';
}
