import { isAccountReason } from '../entry/accounts.js';
import { isDoubtful } from '../entry/doubt.js';
import { type Entry, isFinal } from '../entry/entry.js';
import { isHeld, saleDependency } from '../entry/sale-dependency.js';
import { calmOrder, type StepKind } from './step.fixture.js';
import { stepsOf } from './steps-of.fixture.js';
import type { World } from './world.fixture.js';

/** The kind of step that comes next when nothing goes wrong any more; `null` when all is over. */
export function calmKind(world: World): StepKind | null {
  const possible = new Set(stepsOf(world).map(({ kind }) => kind));
  const isOver =
    !possible.has('hand in') &&
    world.state.workers.every(({ phase }) => phase === 'idle') &&
    world.glance.entries.every(
      (entry) => isFinal(entry.state) || isHeld(entry) || waitsForAPerson(entry, world),
    );
  return isOver ? null : (calmOrder.find((kind) => possible.has(kind)) ?? null);
}

/** Whether an entry is a person's, or waits for one of its payment that is: what depends on a sale waits for later ones too. */
function waitsForAPerson(entry: Entry, { glance }: World): boolean {
  const { orderingKey, sequence } = entry;
  const isAwaited = (each: Entry) => each.sequence <= sequence || saleDependency(entry) !== null;
  return glance.entries.some(
    (each) => each.orderingKey === orderingKey && isAwaited(each) && isAPersons(each),
  );
}

function isAPersons(entry: Entry): boolean {
  const isForAccount = entry.reason !== null && isAccountReason(entry.reason.code);
  return entry.state === 'parked' || isDoubtful(entry) || isForAccount;
}
