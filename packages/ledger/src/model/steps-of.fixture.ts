import { accountSteps } from './account-steps.fixture.js';
import { clientSteps } from './client-steps.fixture.js';
import { personSteps } from './person-steps.fixture.js';
import { providerSteps } from './provider-steps.fixture.js';
import { refusalSteps } from './refusal-steps.fixture.js';
import { standbySteps } from './standby-steps.fixture.js';
import type { Step } from './step.fixture.js';
import { timeSteps } from './time-steps.fixture.js';
import { workerSteps } from './worker-steps.fixture.js';
import type { World } from './world.fixture.js';

/** Everything that may happen next. */
export function stepsOf(world: World): Step[] {
  const { without = [] } = world.scenario;
  const steps = [
    ...clientSteps(world),
    ...workerSteps(world),
    ...providerSteps(world),
    ...timeSteps(world),
    ...accountSteps(world),
    ...personSteps(world),
    ...standbySteps(world),
  ];
  const possible = without.length === 0 ? steps : steps.filter(({ kind }) => !without.includes(kind));
  return [...possible, ...refusalSteps(world, possible)];
}
