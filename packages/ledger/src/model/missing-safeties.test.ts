import { describe, expect, it } from 'vitest';
import { missingSafeties } from './every-safety.fixture.js';
import { explore, inWords } from './explore.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { withChanges } from './model-store.fixture.js';
import { World } from './world.fixture.js';
import { worldParts } from './world-parts.fixture.js';

describe('the exploration sees what goes wrong without', () => {
  it.for(missingSafeties)('$name: $breaks', async (safety, { annotate }) => {
    const parts = await worldParts(safety.scenario);
    const world = new World({ ...parts, ...safety.parts?.(parts) }, (clocks) => {
      const whole = new MemoryLedger(safety.clocks?.(clocks) ?? clocks);
      return withChanges(whole, safety.store?.(whole) ?? {});
    });
    const { violation } = await explore(world, safety.watched);
    if (violation) await annotate(inWords(violation));
    expect(violation?.promise).toBe(safety.breaks);
  });
});
