import { fairLengths } from './fair-lengths.fixture.js';
import { nextFairKind } from './fair-schedule.fixture.js';
import { brokenInvariant, type Invariant } from './invariants.fixture.js';
import type { Model } from './model.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { pathTo, type Reached, StateMap } from './state-map.fixture.js';
import { stepsOf } from './steps-of.fixture.js';

/** A violated invariant, and the shortest path that leads there. */
export interface Violation {
  readonly invariant: string;
  readonly path: readonly string[];
}

/** Returns a violation and its path as text, a step a line. */
export function describeViolation({ path, invariant }: Violation): string {
  return [...path, `=> ${invariant}`].join('\n');
}

/** Result of exploring a model. */
export interface Exploration {
  readonly states: number;
  readonly steps: number;
  readonly violation: Violation | null;
  /** Most steps of a fair schedule from any state until everything is final. */
  readonly longestFairRun: number;
}

/** Takes every step from every reachable state, until there is no new state or an invariant is violated. */
export async function explore(
  model: Model<RewindableStore>,
  check: Invariant = brokenInvariant,
): Promise<Exploration> {
  const map = new StateMap(model);
  let steps = 0;
  await model.takeSnapshot();
  map.here(null, '');
  for (const reached of map.all()) {
    map.goTo(reached);
    const fairKind = nextFairKind(model);
    for (const { kind, take } of stepsOf(model)) {
      map.goTo(reached);
      const words = await take();
      if (model.store.save() !== reached.content) await model.takeSnapshot();
      steps += 1;
      const next = map.here(reached, words);
      if (kind === fairKind) reached.fairNext ??= next;
      const invariant = check(model);
      if (invariant) {
        const violation = { invariant, path: [...pathTo(reached), words] };
        return { states: map.size, steps, violation, longestFairRun: 0 };
      }
    }
  }
  return { states: map.size, steps, ...endings(map.all()) };
}

function endings(all: Iterable<Reached>): Pick<Exploration, 'violation' | 'longestFairRun'> {
  let longestFairRun = 0;
  for (const [reached, length] of fairLengths(all)) {
    if (length === Number.POSITIVE_INFINITY) {
      const violation = { invariant: 'something never becomes final', path: pathTo(reached) };
      return { violation, longestFairRun: length };
    }
    longestFairRun = Math.max(longestFairRun, length);
  }
  return { violation: null, longestFairRun };
}
