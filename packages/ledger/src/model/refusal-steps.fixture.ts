import { isDeepStrictEqual } from 'node:util';
import { isUnavailable } from '../store/errors.js';
import type { Model } from './model.fixture.js';
import type { Step, StepKind } from './step.fixture.js';

const writes: readonly StepKind[] = ['accept', 'claim', 'write result'];

/** Steps in which the store refuses a write of the given ones: it must say so, and change nothing. */
export function refusalSteps(model: Model, steps: readonly Step[]): Step[] {
  const { refusing } = model.store;
  if (!refusing) return [];
  return steps
    .filter(({ kind }) => writes.includes(kind))
    .map((step) => ({
      kind: 'refuse',
      async take() {
        const before = { ...model.state, snapshot: model.snapshot };
        await refusing(() => refused(step));
        await model.takeSnapshot();
        if (!isDeepStrictEqual({ ...model.state, snapshot: model.snapshot }, before)) {
          model.change({ broken: 'the store refused a write, and something changed' });
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
