import fc from 'fast-check';
import { nextFairKind } from './fair-schedule.fixture.js';
import { brokenInvariant } from './invariants.fixture.js';
import type { Model } from './model.fixture.js';
import { fairOrder, type Step } from './step.fixture.js';
import { stepsOf } from './steps-of.fixture.js';

/** Takes one of the steps that are possible then. */
class AnyStep implements fc.AsyncCommand<Model, Model> {
  readonly #choice: number;
  #words = '';

  constructor(choice: number) {
    this.#choice = choice;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model): Promise<void> {
    const possible = stepsOf(model).flatMap((step) => Array<Step>(weightOf(step)).fill(step));
    const step = possible[this.#choice % possible.length];
    if (step) this.#words = await taken(step, model);
  }

  toString(): string {
    return this.#words;
  }
}

/** Weight of a step: fair ones are likelier than faults, else the model would make no progress. */
function weightOf({ kind }: Step): number {
  return fairOrder.some((fairKind) => fairKind === kind) ? 8 : 1;
}

/** Returns random sequences of at most that many steps; a counterexample is shrunk, and shown in words. */
export function randomWalks(most: number) {
  return fc.commands([fc.nat(10_000).map((choice) => new AnyStep(choice))], {
    maxCommands: most,
    size: 'max',
  });
}

/** Bound on the length of a fair schedule of these scenarios. */
const maxFairSteps = 300;

/** Takes the steps, and then follows a fair schedule until everything is final. */
export async function walk(model: Model, steps: Iterable<fc.AsyncCommand<Model, Model>>): Promise<void> {
  await fc.asyncModelRun(() => ({ model, real: model }), steps);
  for (let count = 0; count < maxFairSteps; count += 1) {
    const fairKind = nextFairKind(model);
    const step = stepsOf(model).find(({ kind }) => kind === fairKind);
    if (!step) return;
    await taken(step, model);
  }
  throw new Error('something never becomes final');
}

async function taken(step: Step, model: Model): Promise<string> {
  const words = await step.take();
  await model.takeSnapshot();
  const invariant = brokenInvariant(model);
  if (invariant) throw new Error(invariant);
  return words;
}
