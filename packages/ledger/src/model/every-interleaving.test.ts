import { describe, expect, it } from 'vitest';
import { explore } from './explore.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { scenarios } from './scenarios.fixture.js';
import { World } from './world.fixture.js';
import { worldParts } from './world-parts.fixture.js';

/** No world needs more steps from any of its states, when nothing goes wrong any more. */
const mostCalmSteps = 40;

describe('every interleaving of two workers, with every fault at every step', { timeout: 180_000 }, () => {
  it.for(scenarios)('keeps every promise in over 10,000 states: $name', async (scenario, { annotate }) => {
    const world = new World(await worldParts(scenario), (clocks) => new MemoryLedger(clocks));
    const { states, steps, violation, longestCalm } = await explore(world);
    await annotate(`${states} states, ${steps} steps, everything final after ${longestCalm} calm steps`);
    expect(violation).toBeNull();
    expect(states).toBeGreaterThan(10_000);
    expect(longestCalm).toBeLessThan(mostCalmSteps);
  });
});
