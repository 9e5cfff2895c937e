import type { Contestant } from '../comparison/comparison.js';
import type { Service } from './service.js';

/** A service in a comparison, with what was measured of it. */
export function asContestant(
  { name, lacks }: Pick<Service, 'name' | 'lacks'>,
  samples: readonly number[],
): Contestant {
  return { name, samples, ...(lacks !== undefined && { lacks }) };
}
