import { solid } from './trimmed-pattern.js';

/** Writes the pattern of so many characters, line ends included, with no blank at either end. */
export function characters(minimum: number, maximum: number = minimum): string {
  const between = `[\\s\\S]{${Math.max(minimum - 2, 0)},${maximum - 2}}${solid}`;
  return minimum > 1 ? `${solid}${between}` : `${solid}(?:${between})?`;
}
