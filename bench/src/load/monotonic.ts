/** Milliseconds, with fractions, of the clock that all processes of a Linux machine share and that nothing sets back. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
