import { brokenPromise, type Promised } from './broken-promise.fixture.js';
import { calmKind } from './calm-kind.fixture.js';
import { calmLengths } from './calm-lengths.fixture.js';
import type { RewindableStore } from './model-store.fixture.js';
import { type Reached, StateMap, storyOf } from './state-map.fixture.js';
import { stepsOf } from './steps-of.fixture.js';
import type { World } from './world.fixture.js';

/** A promise that does not hold, and the fewest steps that lead there. */
export interface Violation {
  readonly promise: string;
  readonly story: readonly string[];
}

/** The story of a violation, for people. */
export function inWords({ story, promise }: Violation): string {
  return [...story, `=> ${promise}`].join('\n');
}

/** What exploring a world came to. */
export interface Exploration {
  readonly states: number;
  readonly steps: number;
  readonly violation: Violation | null;
  /** Most steps from any state until everything is final, when nothing goes wrong any more. */
  readonly longestCalm: number;
}

/** Takes every step from every state that can be reached, until there is no new state or a promise is broken. */
export async function explore(
  world: World<RewindableStore>,
  promised: Promised = brokenPromise,
): Promise<Exploration> {
  const map = new StateMap(world);
  let steps = 0;
  await world.look();
  map.here(null, '');
  for (const reached of map.all()) {
    map.goTo(reached);
    const calm = calmKind(world);
    for (const { kind, take } of stepsOf(world)) {
      map.goTo(reached);
      const words = await take();
      if (world.store.save() !== reached.content) await world.look();
      steps += 1;
      const next = map.here(reached, words);
      if (kind === calm) reached.calmNext ??= next;
      const promise = promised(world);
      if (promise) {
        const violation = { promise, story: [...storyOf(reached), words] };
        return { states: map.size, steps, violation, longestCalm: 0 };
      }
    }
  }
  return { states: map.size, steps, ...endings(map.all()) };
}

function endings(all: Iterable<Reached>): Pick<Exploration, 'violation' | 'longestCalm'> {
  let longestCalm = 0;
  for (const [reached, length] of calmLengths(all)) {
    if (length === Number.POSITIVE_INFINITY) {
      const violation = { promise: 'something never becomes final', story: storyOf(reached) };
      return { violation, longestCalm: length };
    }
    longestCalm = Math.max(longestCalm, length);
  }
  return { violation: null, longestCalm };
}
