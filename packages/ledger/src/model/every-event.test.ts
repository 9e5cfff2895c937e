import { describe, expect, it } from 'vitest';
import { eventfulScenarios } from './eventful-scenarios.fixture.js';
import { explore } from './explore.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { World } from './world.fixture.js';
import { worldParts } from './world-parts.fixture.js';

/** No world needs more steps from any of its states, when nothing goes wrong any more. */
const mostCalmSteps = 40;

describe('every interleaving with what people, configurations and servers do', { timeout: 180_000 }, () => {
  it.for(eventfulScenarios)(
    'keeps every promise in over 1,000 states: $name',
    async (scenario, { annotate }) => {
      const world = new World(await worldParts(scenario), (clocks) => new MemoryLedger(clocks));
      const { states, steps, violation, longestCalm } = await explore(world);
      await annotate(`${states} states, ${steps} steps, everything final after ${longestCalm} calm steps`);
      expect(violation).toBeNull();
      expect(states).toBeGreaterThan(1_000);
      expect(longestCalm).toBeLessThan(mostCalmSteps);
    },
  );
});
