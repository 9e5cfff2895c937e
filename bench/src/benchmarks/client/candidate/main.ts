import { type CandidateName, candidates, inFlight } from '../candidates.js';

/** Cost of one round of a candidate. */
export interface Round {
  /** Processor time of its whole process, in microseconds per call. */
  readonly cpuMicroseconds: number;
  readonly callsPerSecond: number;
}

const [name, baseUrl = ''] = process.argv.slice(2);
const call = candidates[name as CandidateName](baseUrl);

// The parent names the number of calls of each round; a candidate between two rounds takes no processor time.
process.on('message', async (calls: number) => process.send?.(await runRound(calls)));

/** Makes so many calls, as many of them concurrently as are allowed. */
async function runRound(calls: number): Promise<Round> {
  let begun = 0;
  async function callRepeatedly(): Promise<void> {
    while (begun < calls) {
      begun += 1;
      await call();
    }
  }
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, callRepeatedly));
  const milliseconds = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMicroseconds: (user + system) / calls, callsPerSecond: (calls * 1000) / milliseconds };
}
