import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askForReceipt } from '@fiscalkit/testing';
import type { Benchmark, BenchmarkOptions, Comparison, Threshold } from '../../benchmark.js';
import { processorTime } from '../../process-usage.js';
import { startSandbox } from '../../programs.js';
import { formatNumber } from '../../report.js';
import { asCandidate } from '../../services.js';
import { fillSqlite } from '../growth/fill-sqlite.js';
import { bareService, gatewayOn, gatewayOnNothing, type Starter, withCompileCache } from './starters.js';

const full = { receipts: 1_000_000, rounds: 15 };
const quick = { receipts: 10_000, rounds: 2 };

/** Measures the time from a start to the first answer. */
export const start: Benchmark = {
  name: 'start',
  title: 'from `node` to the first accepted request, without a ledger and with 1,000,000 receipts in it',
  async measure(options) {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-start-'));
    const sandbox = await startSandbox(0);
    try {
      return await measureIn(folder, sandbox.url, options);
    } finally {
      await sandbox.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

async function measureIn(
  folder: string,
  providerUrl: string,
  { quick: isQuick, onProgress }: BenchmarkOptions,
): Promise<Comparison[]> {
  const { receipts, rounds } = isQuick ? quick : full;
  const large = join(folder, 'large.sqlite');
  onProgress(`a ledger with ${formatNumber(receipts)} finished receipts; filling takes a while`);
  await fillSqlite(large, receipts);
  const plain = [
    bareService,
    gatewayOnNothing({ folder, providerUrl }),
    gatewayOn(large, `gateway, ${formatNumber(receipts)} receipts`, { providerUrl }),
  ];
  const cached = plain.slice(0, 2).map((starter) => withCompileCache(starter, folder));
  for (const { fill } of cached) await fill();
  onProgress('starts, one program after the other');
  const answers = await interleave([...plain, ...cached], rounds);
  return [
    {
      what: '`node` to the first answer',
      unit: 'ms',
      candidates: candidatesOf(plain, answers, ({ ms }) => ms),
      thresholds: thresholdsFor(plain),
    },
    {
      what: "the same with V8's compile cache (NODE_COMPILE_CACHE)",
      unit: 'ms',
      candidates: candidatesOf(cached, answers, ({ ms }) => ms),
      thresholds: [],
    },
    {
      what: 'processor time until then',
      unit: 'ms',
      candidates: candidatesOf(plain, answers, ({ processorMs }) => processorMs),
      thresholds: [],
    },
  ];
}

/** Starts one after the other, round after round; the first round does not count. */
async function interleave(
  starters: readonly Starter[],
  rounds: number,
): Promise<ReadonlyMap<Starter, readonly FirstAnswer[]>> {
  const answers = new Map(starters.map((starter) => [starter, [] as FirstAnswer[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [starter, own] of answers) {
      const answer = await firstAnswer(starter);
      if (round > 0) own.push(answer);
    }
  }
  return answers;
}

/** Cost of starting a program up to the answer to its first request. */
interface FirstAnswer {
  /** From spawning `node` to the answer. */
  readonly ms: number;
  /** Processor time of the program until then; `null` on systems other than Linux. */
  readonly processorMs: number | null;
}

let payments = 0;

/** Starts a program, sends it one signed receipt, and stops it. */
async function firstAnswer({ start }: Starter): Promise<FirstAnswer> {
  payments += 1;
  const startedAt = performance.now();
  const program = await start();
  try {
    await askForReceipt(program.url, payments);
    const ms = performance.now() - startedAt;
    const processorUs = processorTime(program.pid);
    return { ms, processorMs: processorUs === null ? null : processorUs / 1000 };
  } finally {
    await program.stop();
  }
}

function candidatesOf(
  starters: readonly Starter[],
  answers: ReadonlyMap<Starter, readonly FirstAnswer[]>,
  sampleOf: (answer: FirstAnswer) => number | null,
) {
  return starters.map((starter) => {
    const samples = (answers.get(starter) ?? []).map(sampleOf);
    return asCandidate(
      starter,
      samples.filter((sample) => sample !== null),
    );
  });
}

function thresholdsFor([base, ...gateways]: readonly Starter[]): Threshold[] {
  if (!base) return [];
  return gateways.map(({ name }) => ({ kind: 'at most', ratio: 1.5, of: name, to: [base.name] }));
}
