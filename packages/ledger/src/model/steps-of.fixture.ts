import { accountSteps } from './account-steps.fixture.js';
import { clientSteps } from './client-steps.fixture.js';
import type { Model } from './model.fixture.js';
import { operatorSteps } from './operator-steps.fixture.js';
import { providerSteps } from './provider-steps.fixture.js';
import { refusalSteps } from './refusal-steps.fixture.js';
import { standbySteps } from './standby-steps.fixture.js';
import type { Step } from './step.fixture.js';
import { timeSteps } from './time-steps.fixture.js';
import { workerSteps } from './worker-steps.fixture.js';

/** Returns all steps that are possible next. */
export function stepsOf(model: Model): Step[] {
  const { without = [] } = model.scenario;
  const steps = [
    ...clientSteps(model),
    ...workerSteps(model),
    ...providerSteps(model),
    ...timeSteps(model),
    ...accountSteps(model),
    ...operatorSteps(model),
    ...standbySteps(model),
  ];
  const possible = without.length === 0 ? steps : steps.filter(({ kind }) => !without.includes(kind));
  return [...possible, ...refusalSteps(model, possible)];
}
