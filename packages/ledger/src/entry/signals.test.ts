import { expect, it, vi } from 'vitest';
import { Observers } from './signals.js';

const passing = { type: 'store-error', code: 'ledger.unavailable' } as const;
const lasting = { type: 'store-limit', code: 'ledger.timeline.unseen', message: 'It is not seen.' } as const;

it('tells who comes later what is lasting, and goes on when a listener throws', () => {
  const observers = new Observers();
  const [early, late] = [vi.fn(), vi.fn()];
  observers.observe(() => {
    throw new Error('a listener of bad manners');
  });
  observers.observe(early);
  observers.emit(passing);
  observers.emitLasting(lasting);
  const stop = observers.observe(late);
  expect(early.mock.calls).toEqual([[passing], [lasting]]);
  expect(late.mock.calls).toEqual([[lasting]]);
  stop();
  observers.emitLasting(lasting);
  expect(late).toHaveBeenCalledTimes(1);
});
