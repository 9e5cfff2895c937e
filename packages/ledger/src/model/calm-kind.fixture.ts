import { isFinal } from '../state/is-final.js';
import { calmOrder, type StepKind } from './step.fixture.js';
import { stepsOf } from './steps-of.fixture.js';
import type { World } from './world.fixture.js';

/** The kind of step that comes next when nothing goes wrong any more; `null` when all is over. */
export function calmKind(world: World): StepKind | null {
  const possible = new Set(stepsOf(world).map(({ kind }) => kind));
  const isOver =
    !possible.has('hand in') &&
    world.state.workers.every(({ phase }) => phase === 'idle') &&
    world.glance.entries.every(({ state }) => isFinal(state));
  return isOver ? null : (calmOrder.find((kind) => possible.has(kind)) ?? null);
}
