import { backOffMs } from '../state/back-off.js';
import type { BackOff } from '../state/delivery-policy.js';

const backOff: BackOff = { baseMs: 100, factor: 2, capMs: 5_000, jitter: 0.2 };

/** How long to leave a store alone after so many failures in a row, in milliseconds. */
export function storeTroubleMs(failures: number, random: () => number): number {
  return backOffMs(backOff, failures - 1, random);
}
