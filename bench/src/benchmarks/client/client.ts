import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startProgram } from '@fiscalkit/testing';
import type { Benchmark, BenchmarkOptions, Comparison } from '../../benchmark.js';
import type { Round } from './candidate/main.js';
import { type CandidateName, candidates } from './candidates.js';
import { compareSignatures } from './signatures.js';

const full = { warmUpCalls: 40_000, rounds: 15, calls: 6_000 };
const quick = { warmUpCalls: 500, rounds: 2, calls: 500 };

/** Measures the cost of a call of the client, besides what sending and reading cost anyway. */
export const client: Benchmark = {
  name: 'client',
  title: 'receipts.create against undici with the same bytes and a peer SDK, 50 in flight; signatures',
  async measure(options) {
    const provider = await startProgram(new URL('instant-provider/main.js', import.meta.url).href);
    const names = Object.keys(candidates) as CandidateName[];
    const started = names.map((name) => startCandidate(name, provider.url));
    const measured = await interleave(started, options);
    for (const candidate of started) candidate.stop();
    await provider.stop();
    return [...compareCalls(measured), compareSignatures(options.quick)];
  },
};

/** A candidate in a process of its own. */
interface StartedCandidate {
  readonly name: CandidateName;
  runRound(calls: number): Promise<Round>;
  stop(): void;
}

/** Starts a candidate that calls the API at an address. */
function startCandidate(name: CandidateName, baseUrl: string): StartedCandidate {
  const child = fork(fileURLToPath(new URL('candidate/main.js', import.meta.url)), [name, baseUrl]);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`the process of ${name} ended early`);
  });
  ended.catch(() => process.off('exit', kill));
  return {
    name,
    runRound: async (calls) => {
      const answer = once(child, 'message');
      child.send(calls);
      const [round] = await Promise.race([answer, ended]);
      return round;
    },
    stop: kill,
  };
}

interface Measured {
  readonly name: CandidateName;
  readonly rounds: Round[];
}

/** Runs one candidate after the other, in changing order; the others wait meanwhile. */
async function interleave(
  started: readonly StartedCandidate[],
  { quick: isQuick, onProgress }: BenchmarkOptions,
): Promise<Measured[]> {
  const { warmUpCalls, rounds: count, calls } = isQuick ? quick : full;
  onProgress('warming up');
  for (const candidate of started) await candidate.runRound(warmUpCalls);
  const measured = started.map((candidate) => ({ candidate, name: candidate.name, rounds: [] as Round[] }));
  for (let round = 1; round <= count; round += 1) {
    onProgress(`round ${round} of ${count}`);
    for (const { candidate, rounds } of round % 2 === 0 ? measured : measured.toReversed()) {
      rounds.push(await candidate.runRound(calls));
    }
  }
  return measured;
}

const noGuarantees = { weakerGuarantee: 'no check, no signature, no time budget, no verdict' };

const weakerGuarantees: Partial<Record<CandidateName, { readonly weakerGuarantee: string }>> = {
  'undici request': noGuarantees,
  'undici dispatch': noGuarantees,
  'yookassa-ts-sdk': { weakerGuarantee: 'no check, no signature, no verdict' },
};

function compareCalls(measured: readonly Measured[]): Comparison[] {
  const candidatesOf = (read: (round: Round) => number) =>
    measured.map(({ name, rounds }) => ({ name, samples: rounds.map(read), ...weakerGuarantees[name] }));
  return [
    {
      what: 'processor time per call',
      unit: 'µs',
      candidates: candidatesOf(({ cpuMicroseconds }) => cpuMicroseconds),
      thresholds: [{ kind: 'at most', ratio: 1.25, of: 'receipts.create', to: ['undici request'] }],
    },
    {
      what: 'rate',
      unit: 'calls/s',
      candidates: candidatesOf(({ callsPerSecond }) => callsPerSecond),
      thresholds: [{ kind: 'at least', ratio: 1.5, of: 'receipts.create', to: ['yookassa-ts-sdk'] }],
    },
  ];
}
