import type { Chance } from './chance.js';

/** The id of a payment by its number: mostly a plain number, else one with zeros in front, one beyond 2^53, or a text. */
export function paymentIdOf(number: number, chance: Chance): string {
  const shape = chance.weighted([
    { weight: 6, choice: (plain: number) => String(plain) },
    { weight: 2, choice: withZeros },
    { weight: 2, choice: (plain: number) => `90071992547${plain}` },
    { weight: 1, choice: (plain: number) => `order-${plain}` },
  ]);
  return shape(number);
}

/** Another spelling of the same number. */
export function withZeros(number: number | string): string {
  return `00${number}`;
}
