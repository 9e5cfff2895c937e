import type { Comparison } from '../comparison/comparison.js';
import { startProgram } from '../programs/start-program.js';
import type { Circumstances, Row } from '../row.js';
import { type ContestantName, contestants } from './contestant/contestants.js';
import { type StartedContestant, startContestant } from './contestant/start-contestant.js';
import type { Turn } from './contestant/turn.js';
import { compareSignatures } from './signatures.js';

const full = { warmUpCalls: 40_000, rounds: 15, calls: 6_000 };
const quick = { warmUpCalls: 500, rounds: 2, calls: 500 };

/** What a call of the client costs, besides what sending and reading cost anyway. */
export const client: Row = {
  name: 'client',
  title: 'receipts.create against undici with the same bytes and a peer SDK, 50 in flight; signatures',
  async measure(circumstances) {
    const provider = await startProgram(new URL('instant-provider/main.js', import.meta.url).href, {});
    const names = Object.keys(contestants) as ContestantName[];
    const started = names.map((name) => startContestant(name, provider.url));
    const turns = await takeTurns(started, circumstances);
    for (const contestant of started) contestant.stop();
    await provider.stop();
    return [...compareCalls(turns), compareSignatures(circumstances.quick)];
  },
};

/** What one contestant's turns took. */
interface Turns {
  readonly name: ContestantName;
  readonly turns: Turn[];
}

/** One after the other, in changing order: the others wait meanwhile. */
async function takeTurns(
  started: readonly StartedContestant[],
  { quick: isQuick, tell }: Circumstances,
): Promise<Turns[]> {
  const { warmUpCalls, rounds, calls } = isQuick ? quick : full;
  tell('warming up');
  for (const contestant of started) await contestant.takeTurn(warmUpCalls);
  const taken = started.map((contestant) => ({ contestant, name: contestant.name, turns: [] as Turn[] }));
  for (let round = 1; round <= rounds; round += 1) {
    tell(`round ${round} of ${rounds}`);
    for (const { contestant, turns } of round % 2 === 0 ? taken : taken.toReversed()) {
      turns.push(await contestant.takeTurn(calls));
    }
  }
  return taken;
}

function compareCalls(measured: readonly Turns[]): Comparison[] {
  const samplesOf = (read: (turn: Turn) => number) =>
    measured.map(({ name, turns }) => ({ name, samples: turns.map(read), ...lacks[name] }));
  return [
    {
      what: 'processor time per call',
      unit: 'µs',
      contestants: samplesOf(({ cpuMicroseconds }) => cpuMicroseconds),
      bars: [{ kind: 'at most', ratio: 1.25, of: 'receipts.create', to: ['undici request'] }],
    },
    {
      what: 'rate',
      unit: 'calls/s',
      contestants: samplesOf(({ callsPerSecond }) => callsPerSecond),
      bars: [{ kind: 'at least', ratio: 1.5, of: 'receipts.create', to: ['yookassa-ts-sdk'] }],
    },
  ];
}

const bare = { lacks: 'no check, no signature, no time budget, no verdict' };

/** What they promise less. */
const lacks: Partial<Record<ContestantName, { readonly lacks: string }>> = {
  'undici request': bare,
  'undici dispatch': bare,
  'yookassa-ts-sdk': { lacks: 'no check, no signature, no verdict' },
};
