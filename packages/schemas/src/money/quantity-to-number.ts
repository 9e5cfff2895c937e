/** Turns thousandths into the number that the wire carries: 1500 is 1.5. */
export function quantityToNumber(thousandths: number): number {
  return thousandths / 1000;
}
