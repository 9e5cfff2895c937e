import { isAccountReason } from '../entry/accounts.js';
import { isDoubtful, windowOverReason } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { isHeld, saleDependency } from '../entry/sale-dependency.js';
import type { Model } from './model.fixture.js';
import { fairOrder, type StepKind } from './step.fixture.js';
import { stepsOf } from './steps-of.fixture.js';

/**
 * Returns the kind of the next step of a fair schedule, one without further faults; `null` when all is over.
 */
export function nextFairKind(model: Model): StepKind | null {
  const possible = new Set(stepsOf(model).map(({ kind }) => kind));
  const isOver =
    !possible.has('accept') &&
    model.state.workers.every(({ phase }) => phase === 'idle') &&
    model.snapshot.entries.every(
      (entry) => isFinal(entry.state) || isHeld(entry) || waitsForOperator(entry, model),
    );
  return isOver ? null : (fairOrder.find((kind) => possible.has(kind)) ?? null);
}

/**
 * Whether an entry needs an operator, or waits for one of its payment that does: dependents of a sale wait
 * for later ones too.
 */
function waitsForOperator(entry: Entry, { snapshot }: Model): boolean {
  const { orderingKey, sequence } = entry;
  const isAwaited = (each: Entry) => each.sequence <= sequence || saleDependency(entry) !== null;
  return snapshot.entries.some(
    (each) => each.orderingKey === orderingKey && isAwaited(each) && needsOperator(each),
  );
}

function needsOperator(entry: Entry): boolean {
  const isForAccount = entry.reason !== null && isAccountReason(entry.reason.code);
  const isTooLate = entry.reason?.code === windowOverReason.code;
  return entry.state === 'parked' || isDoubtful(entry) || isForAccount || isTooLate;
}
