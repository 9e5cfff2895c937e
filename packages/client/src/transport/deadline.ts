/** Returns the rest of a total budget in milliseconds; `undefined` without one. */
export type Deadline = () => number | undefined;

/** Starts the clock of a total budget over several attempts. */
export function startDeadline(totalMs: number | undefined): Deadline {
  if (totalMs === undefined) {
    return () => undefined;
  }
  const end = performance.now() + totalMs;
  return () => Math.max(0, end - performance.now());
}
