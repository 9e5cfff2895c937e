import type { Contestant } from '../comparison/comparison.js';

/** One of those that are timed, and what it does. */
export interface Runner extends Omit<Contestant, 'samples'> {
  readonly run: () => unknown;
}

/** How much is measured. */
export interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
  /** Calls that one sample is the mean of. */
  readonly calls: number;
}

/** Lets the runners take turns, round after round in changing order; samples are microseconds per call. */
export function timeInTurns(
  runners: readonly Runner[],
  { warmUpRounds, rounds, calls }: Effort,
): Contestant[] {
  const turns = runners.map(({ run, ...rest }) => ({ ...rest, run, samples: [] as number[] }));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const { run, samples } of round % 2 === 0 ? turns : turns.toReversed()) {
      const microseconds = timePerCall(run, calls);
      if (round >= 0) samples.push(microseconds);
    }
  }
  return turns.map(({ run: _, ...contestant }) => contestant);
}

function timePerCall(run: () => unknown, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) run();
  return ((performance.now() - startedAt) * 1000) / calls;
}
