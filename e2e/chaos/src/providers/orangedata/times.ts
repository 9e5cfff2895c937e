/** Times of OrangeData in a run, in milliseconds. */
export interface OrangedataTimes {
  /** Time for which ids and documents are remembered. */
  readonly memoryMs: number;
  /** Time after which a document that no register takes has expired. */
  readonly queueMs: number;
  /** Time in which a request is stored or never will be. */
  readonly settlesWithinMs: number;
  /** Time before the first question about a document. */
  readonly pollMs: number;
  /** Questions in a second that a group answers. */
  readonly statusesPerSecond: number;
  /** What is scaled by how much, in words. */
  readonly inWords: readonly string[];
}

const dayOfSheetMs = 86_400_000;
const daysOfMemory = 90;

/** Days of the command line are ATOL's; OrangeData remembers for three times as long. */
const perDay = 4;

/** Divisor of all that is counted in minutes and seconds. */
const perMinute = 20;

/** Time that a group leaves documents in its queue: the sheet has 30 days, or a setting of the group. */
const queueMs = 60_000 / perMinute;

/** Returns the sheet's times, scaled: minutes are divided by one number, days by another. */
export function orangedataTimes(dayMs: number): OrangedataTimes {
  const memoryMs = (daysOfMemory * dayMs) / perDay;
  const settlesWithinMs = 60_000 / perMinute;
  const statusesPerSecond = 60;
  return {
    memoryMs,
    queueMs,
    settlesWithinMs,
    pollMs: 2_000 / perMinute,
    statusesPerSecond,
    inWords: [
      `minutes are divided by ${perMinute}: queue ${queueMs} ms, settled within ${settlesWithinMs} ms, ${statusesPerSecond} questions a second and group`,
      `days are divided by ${(dayOfSheetMs * perDay) / dayMs}: ids and documents are remembered for ${memoryMs} ms`,
    ],
  };
}
