import fc from 'fast-check';
import { brokenPromise } from './broken-promise.fixture.js';
import { calmKind } from './calm-kind.fixture.js';
import { calmOrder, type Step } from './step.fixture.js';
import { stepsOf } from './steps-of.fixture.js';
import type { World } from './world.fixture.js';

/** Lets one of the steps happen that are possible then. */
class AnyStep implements fc.AsyncCommand<World, World> {
  readonly #choice: number;
  #words = '';

  constructor(choice: number) {
    this.#choice = choice;
  }

  check(): boolean {
    return true;
  }

  async run(world: World): Promise<void> {
    const possible = stepsOf(world).flatMap((step) => Array<Step>(weightOf(step)).fill(step));
    const step = possible[this.#choice % possible.length];
    if (step) this.#words = await taken(step, world);
  }

  toString(): string {
    return this.#words;
  }
}

/** So much likelier than a fault is what should happen: else the world would never get anywhere. */
function weightOf({ kind }: Step): number {
  return calmOrder.some((calm) => calm === kind) ? 8 : 1;
}

/** Random series of so many steps at most; a counterexample is shrunk, and told in words. */
export function randomWalks(most: number) {
  return fc.commands([fc.nat(10_000).map((choice) => new AnyStep(choice))], {
    maxCommands: most,
    size: 'max',
  });
}

/** More steps than any of these worlds needs to come to rest. */
const mostCalmSteps = 300;

/** Takes the steps, and then lets the world go on without faults until everything is final. */
export async function walk(world: World, steps: Iterable<fc.AsyncCommand<World, World>>): Promise<void> {
  await fc.asyncModelRun(() => ({ model: world, real: world }), steps);
  for (let count = 0; count < mostCalmSteps; count += 1) {
    const calm = calmKind(world);
    const step = stepsOf(world).find(({ kind }) => kind === calm);
    if (!step) return;
    await taken(step, world);
  }
  throw new Error('something never becomes final');
}

async function taken(step: Step, world: World): Promise<string> {
  const words = await step.take();
  await world.look();
  const promise = brokenPromise(world);
  if (promise) throw new Error(promise);
  return words;
}
