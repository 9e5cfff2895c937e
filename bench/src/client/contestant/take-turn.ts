import { type Contestant, inFlight } from './contestant.js';
import type { Turn } from './turn.js';

/** Makes so many calls, as many at the same time as are allowed. */
export async function takeTurn({ call }: Contestant, calls: number): Promise<Turn> {
  let begun = 0;
  async function callAgainAndAgain(): Promise<void> {
    while (begun < calls) {
      begun += 1;
      await call();
    }
  }
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, callAgainAndAgain));
  const milliseconds = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMicroseconds: (user + system) / calls, callsPerSecond: (calls * 1000) / milliseconds };
}
