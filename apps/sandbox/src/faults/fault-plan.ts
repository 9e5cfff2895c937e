import type { WritingWay } from '../writing/writing-way.js';
import type { ActiveFaultRule } from './active-fault-rule.js';
import type {
  CallbackManner,
  Fault,
  FaultAfterProcessing,
  FaultBeforeProcessing,
  OutcomeFault,
} from './fault.js';

/** Faults of one call: at most one before processing, one of its outcome and one after processing. */
export interface FaultPlan {
  readonly before: FaultBeforeProcessing | null;
  readonly outcome: OutcomeFault | null;
  /** Ways in which the receipt is shown from now on, or in which the list is answered. */
  readonly writing: readonly WritingWay[];
  /** Manners of the callback about the document. */
  readonly callback: readonly CallbackManner[];
  readonly after: FaultAfterProcessing | null;
}

/** The part of the plan that the processing of a call takes into account. */
export type ProcessingPlan = Pick<FaultPlan, 'outcome' | 'writing' | 'callback'>;

/**
 * Builds the plan from the rules that are due: the first of each stage is used, all ways of writing add up,
 * and a call that is not processed uses up no fault of a later stage.
 */
export function planFaults(due: readonly ActiveFaultRule[]): FaultPlan {
  const before = take(due, isBeforeProcessing);
  if (before !== null && before.kind !== 'delay')
    return { before, outcome: null, writing: [], callback: [], after: null };
  return {
    before,
    outcome: take(due, isOutcome),
    writing: takeWriting(due),
    callback: takeCallback(due),
    after: take(due, isAfterProcessing),
  };
}

function take<Kind extends Fault>(
  due: readonly ActiveFaultRule[],
  belongs: (fault: Fault) => fault is Kind,
): Kind | null {
  for (const active of due) {
    const { fault } = active.rule;
    if (!belongs(fault)) continue;
    active.markApplied();
    return fault;
  }
  return null;
}

function takeWriting(due: readonly ActiveFaultRule[]): WritingWay[] {
  return due.flatMap((active) => {
    const { fault } = active.rule;
    if (fault.kind !== 'write') return [];
    active.markApplied();
    return fault.as;
  });
}

function takeCallback(due: readonly ActiveFaultRule[]): CallbackManner[] {
  return due.flatMap((active) => {
    const { fault } = active.rule;
    if (fault.kind !== 'callback') return [];
    active.markApplied();
    return fault;
  });
}

function isBeforeProcessing(fault: Fault): fault is FaultBeforeProcessing {
  if (fault.kind === 'delay' || fault.kind === 'status' || fault.kind === 'error')
    return fault.when === 'before';
  return fault.kind === 'refuse' || fault.kind === 'drop-before';
}

function isOutcome(fault: Fault): fault is OutcomeFault {
  const { kind } = fault;
  return ['stay-pending', 'reject', 'confirm-as', 'fail', 'late-mark'].includes(kind);
}

function isAfterProcessing(fault: Fault): fault is FaultAfterProcessing {
  return (
    !isBeforeProcessing(fault) && !isOutcome(fault) && fault.kind !== 'write' && fault.kind !== 'callback'
  );
}
