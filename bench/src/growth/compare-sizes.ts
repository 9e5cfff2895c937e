import type { Comparison } from '../comparison/comparison.js';
import { deliver } from './deliver.js';
import type { LedgerUnderTest } from './ledger-under-test.js';
import { read } from './read.js';
import { Stopwatch } from './stopwatch.js';

/** How much is measured. */
export interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
}

const atOnce = 16;

/** Measures the ledgers in turns, and compares what each operation takes. */
export async function compareSizes(
  storeName: string,
  ledgers: readonly LedgerUnderTest[],
  { warmUpRounds, rounds }: Effort,
): Promise<Comparison[]> {
  const turns = ledgers.map((ledger) => ({ ledger, stopwatch: new Stopwatch() }));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const { ledger, stopwatch } of round % 2 === 0 ? turns : turns.toReversed()) {
      await takeRound(ledger, round < 0 ? new Stopwatch() : stopwatch, round + warmUpRounds);
    }
  }
  const [smallest, largest] = [ledgers.at(0)?.name ?? '', ledgers.at(-1)?.name ?? ''];
  const names = turns[0]?.stopwatch.names() ?? [];
  return names.map((name) => ({
    what: `${storeName}: ${name}`,
    unit: 'µs',
    contestants: turns.map(({ ledger, stopwatch }) => ({
      name: ledger.name,
      samples: stopwatch.samples(name),
    })),
    bars: [{ kind: 'at most', ratio: 1.5, of: largest, to: [smallest] }],
  }));
}

async function takeRound(ledger: LedgerUnderTest, stopwatch: Stopwatch, round: number): Promise<void> {
  await deliver(ledger, stopwatch, 1);
  await deliver(ledger, stopwatch, atOnce);
  await read(ledger, stopwatch, round);
}
