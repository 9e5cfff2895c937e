import { clientSteps } from './client-steps.fixture.js';
import { providerSteps } from './provider-steps.fixture.js';
import { refusalSteps } from './refusal-steps.fixture.js';
import type { Step } from './step.fixture.js';
import { timeSteps } from './time-steps.fixture.js';
import { workerSteps } from './worker-steps.fixture.js';
import type { World } from './world.fixture.js';

/** Everything that may happen next. */
export function stepsOf(world: World): Step[] {
  const steps = [...clientSteps(world), ...workerSteps(world), ...providerSteps(world), ...timeSteps(world)];
  return [...steps, ...refusalSteps(world, steps)];
}
