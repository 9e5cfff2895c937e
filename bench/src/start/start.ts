import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bar, Comparison } from '../comparison/comparison.js';
import { startSandbox } from '../programs/start-sandbox.js';
import { formatNumber } from '../report/format-number.js';
import type { Circumstances, Row } from '../row.js';
import { withCompileCache } from './compile-cache.js';
import { fillLedger } from './fill-ledger.js';
import { type FirstAnswer, firstAnswer } from './first-answer.js';
import type { Starter } from './starter.js';
import { bareService, gatewayOn, gatewayOnNothing } from './starters.js';

const full = { receipts: 1_000_000, rounds: 15 };
const quick = { receipts: 10_000, rounds: 2 };

/** How long a user waits for the first answer after a start. */
export const start: Row = {
  name: 'start',
  title: 'from `node` to the first accepted request, without a ledger and with 1,000,000 receipts in it',
  async measure(circumstances) {
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-start-'));
    const sandbox = await startSandbox(0);
    try {
      return await measureIn(folder, sandbox.url, circumstances);
    } finally {
      await sandbox.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

async function measureIn(
  folder: string,
  providerUrl: string,
  { quick: isQuick, tell }: Circumstances,
): Promise<Comparison[]> {
  const { receipts, rounds } = isQuick ? quick : full;
  const large = join(folder, 'large.sqlite');
  tell(`a ledger with ${formatNumber(receipts)} finished receipts; filling takes a while`);
  await fillLedger(large, receipts);
  const plain = [
    bareService,
    gatewayOnNothing({ folder, providerUrl }),
    gatewayOn(large, `gateway, ${formatNumber(receipts)} receipts`, { providerUrl }),
  ];
  const cached = plain.slice(0, 2).map((starter) => withCompileCache(starter, folder));
  for (const { fill } of cached) await fill();
  tell('starts, one program after the other');
  const answers = await inTurns([...plain, ...cached], rounds);
  return [
    {
      what: '`node` to the first answer',
      unit: 'ms',
      contestants: contestants(plain, answers, ({ ms }) => ms),
      bars: barsFor(plain),
    },
    {
      what: "the same with V8's compile cache (NODE_COMPILE_CACHE)",
      unit: 'ms',
      contestants: contestants(cached, answers, ({ ms }) => ms),
      bars: [],
    },
    {
      what: 'processor time until then',
      unit: 'ms',
      contestants: contestants(plain, answers, ({ processorMs }) => processorMs),
      bars: [],
    },
  ];
}

/** Starts one after the other, round after round; the first round does not count. */
async function inTurns(
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

function contestants(
  starters: readonly Starter[],
  answers: ReadonlyMap<Starter, readonly FirstAnswer[]>,
  sampleOf: (answer: FirstAnswer) => number | null,
) {
  return starters.map((starter) => ({
    name: starter.name,
    ...(starter.lacks !== undefined && { lacks: starter.lacks }),
    samples: (answers.get(starter) ?? []).map(sampleOf).filter((sample) => sample !== null),
  }));
}

function barsFor([base, ...gateways]: readonly Starter[]): Bar[] {
  if (!base) return [];
  return gateways.map(({ name }) => ({ kind: 'at most', ratio: 1.5, of: name, to: [base.name] }));
}
