import { describe, expect, it } from 'vitest';
import { explore } from './explore.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { Model } from './model.fixture.js';
import { createModelSetup } from './model-setup.fixture.js';
import { scenarios } from './scenarios.fixture.js';

/** Bound on the length of a fair schedule from any state of any scenario. */
const maxFairSteps = 40;

describe('every interleaving of two workers, with every fault at every step', { timeout: 180_000 }, () => {
  it.for(scenarios)('keeps every invariant in over 10,000 states: $name', async (scenario, { annotate }) => {
    const model = new Model(await createModelSetup(scenario), (clocks) => new MemoryLedger(clocks));
    const { states, steps, violation, longestFairRun } = await explore(model);
    await annotate(`${states} states, ${steps} steps, everything final after ${longestFairRun} fair steps`);
    expect(violation).toBeNull();
    expect(states).toBeGreaterThan(10_000);
    expect(longestFairRun).toBeLessThan(maxFairSteps);
  });
});
