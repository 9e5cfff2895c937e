import { formatNumber } from '../report/format-number.js';
import type { Acceptor } from './acceptor.js';
import { type BurstResult, burst } from './burst.js';

/** How much is asked of each contestant. */
export interface Effort {
  /** Of a burst at least, and of the first one. */
  readonly leastRequests: number;
  /** How long a later burst is to last, by what the one before it reached. */
  readonly seconds: number;
  /** Rounds that do not count, the first burst among them. */
  readonly warmUpRounds: number;
  readonly rounds: number;
}

/** A contestant, and what the bursts that count came to. */
export interface Course {
  readonly acceptor: Acceptor;
  readonly results: readonly BurstResult[];
}

/** Loads one contestant after the other, round after round, with receipts of payments that none has seen before. */
export async function inTurns(
  acceptors: readonly Acceptor[],
  { leastRequests, seconds, warmUpRounds, rounds }: Effort,
  tell: (what: string) => void,
): Promise<Course[]> {
  const courses = acceptors.map((acceptor) => ({ acceptor, results: [] as BurstResult[] }));
  let firstPayment = 1_000_000_000;
  for (let round = 1; round <= warmUpRounds + rounds; round += 1) {
    for (const { acceptor, results } of courses) {
      const { perSecond } = results.at(-1) ?? { perSecond: 0 };
      const requests = Math.max(leastRequests, Math.ceil(perSecond * seconds));
      const result = await burst(acceptor, { requests, firstPayment });
      firstPayment += requests;
      results.push(result);
      tell(`round ${round}, ${acceptor.name}, requests/s: ${formatNumber(result.perSecond)}`);
    }
  }
  return courses.map(({ acceptor, results }) => ({ acceptor, results: results.slice(warmUpRounds) }));
}
