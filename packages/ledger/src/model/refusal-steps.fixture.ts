import { isDeepStrictEqual } from 'node:util';
import { isUnavailable } from '../store/errors.js';
import type { Step, StepKind } from './step.fixture.js';
import type { World } from './world.fixture.js';

const writes: readonly StepKind[] = ['hand in', 'claim', 'write result'];

/** Every write among the steps may be refused by a store that can be made to: then it says so, and nothing has happened. */
export function refusalSteps(world: World, steps: readonly Step[]): Step[] {
  const { refusing } = world.store;
  if (!refusing) return [];
  return steps
    .filter(({ kind }) => writes.includes(kind))
    .map((step) => ({
      kind: 'refuse',
      async take() {
        const before = { ...world.state, glance: world.glance };
        await refusing(() => refused(step));
        await world.look();
        if (!isDeepStrictEqual({ ...world.state, glance: world.glance }, before)) {
          world.change({ broken: 'the store refused a write, and something changed' });
        }
        return `the store refuses: ${step.kind}`;
      },
    }));
}

async function refused({ take }: Step): Promise<void> {
  const error: unknown = await take().then(
    () => null,
    (reason) => reason,
  );
  if (!isUnavailable(error)) throw error ?? new Error('the store was to refuse');
}
