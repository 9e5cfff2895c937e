/** Version of ATOL's protocol. */
export type AtolVersion = 'v4' | 'v5';

/** Times of ATOL in a run, in milliseconds. */
export interface AtolTimes {
  /** Time for which external ids and reports are remembered. */
  readonly memoryMs: number;
  /** Time after which a document that no register takes has failed. */
  readonly queueMs: number;
  /** Time after which a document is done or has failed. */
  readonly settlesWithinMs: number;
  readonly tokenMs: number;
  /** Time before the first question about a document. */
  readonly pollMs: number;
  /** Questions in a second that a group answers. */
  readonly reportsPerSecond: number;
  /** What is scaled by how much, in words. */
  readonly inWords: readonly string[];
}

const dayOfSheetMs = 86_400_000;
const daysOfMemory = { v4: 32, v5: 30 } as const;

/** Divisor of all that the sheet counts in minutes and seconds. */
const perMinute = 60;

/**
 * Returns the sheet's times, scaled. One divisor for all would leave the queue milliseconds, or the memory
 * hours: minutes are divided by one, days by another.
 */
export function atolTimes(version: AtolVersion, dayMs: number): AtolTimes {
  const memoryMs = daysOfMemory[version] * dayMs;
  const queueMs = 300_000 / perMinute;
  const settlesWithinMs = 330_000 / perMinute;
  return {
    memoryMs,
    queueMs,
    settlesWithinMs,
    tokenMs: dayMs,
    pollMs: Math.round(2_000 / perMinute),
    reportsPerSecond: perMinute,
    inWords: [
      `minutes are divided by ${perMinute}: queue ${queueMs} ms, settled within ${settlesWithinMs} ms, ${perMinute} questions a second and group`,
      `days are divided by ${dayOfSheetMs / dayMs}: ids and reports are remembered for ${memoryMs} ms, a token lives ${dayMs} ms`,
    ],
  };
}
