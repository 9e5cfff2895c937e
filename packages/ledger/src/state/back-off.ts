import type { BackOff } from './delivery-policy.js';

/**
 * The delay before the next step, in whole milliseconds.
 *
 * @param earlier how many delays of this kind came before: 0 gives the base.
 * @param random a number from 0 to 1, 1 excluded.
 */
export function backOffMs(backOff: BackOff, earlier: number, random: () => number): number {
  const grown = Math.min(backOff.baseMs * backOff.factor ** earlier, backOff.capMs);
  const spread = 1 + backOff.jitter * (2 * random() - 1);
  return Math.round(Math.min(grown * spread, backOff.capMs));
}
