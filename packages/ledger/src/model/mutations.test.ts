import { describe, expect, it } from 'vitest';
import { mutations } from './every-mutation.fixture.js';
import { describeViolation, explore } from './explore.fixture.js';
import { MemoryLedger } from './memory-ledger.fixture.js';
import { Model } from './model.fixture.js';
import { createModelSetup } from './model-setup.fixture.js';
import { withChanges } from './model-store.fixture.js';

describe('the exploration sees what goes wrong without', () => {
  it.for(mutations)('$name: $breaks', async (mutation, { annotate }) => {
    const setup = await createModelSetup(mutation.scenario);
    const model = new Model({ ...setup, ...mutation.setup?.(setup) }, (clocks) => {
      const whole = new MemoryLedger(mutation.clocks?.(clocks) ?? clocks);
      return withChanges(whole, mutation.store?.(whole) ?? {});
    });
    const { violation } = await explore(model, mutation.watched);
    if (violation) await annotate(describeViolation(violation));
    expect(violation?.invariant).toBe(mutation.breaks);
  });
});
