/** Turns minor units into the number that the wire carries: 20000 is 200. */
export function amountToNumber(minor: number): number {
  return minor / 100;
}
