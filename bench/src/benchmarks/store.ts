import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore, type LedgerStore, type NewEntry } from '@fiscalkit/ledger';
import type { Benchmark, Comparison } from '../benchmark.js';
import { entryMaker } from './growth/ledger-under-test.js';
import { registered, sharesOf } from './growth/operations.js';

/** How much is measured: so many groups of entries make one round, and are one sample. */
interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
  readonly groups: number;
}

const full: Effort = { warmUpRounds: 8, rounds: 24, groups: 16 };
const quick: Effort = { warmUpRounds: 1, rounds: 3, groups: 2 };

/** Entries whose calls are made at the same time, and share a commit. */
const groupSize = 64;

const operations = ['accept', 'claim', 'settle'] as const;

type Operation = (typeof operations)[number];

/** What one operation took, a receipt. */
interface Cost {
  /** Processor time in microseconds. */
  readonly processor: number;
  /** What was written, in KB. */
  readonly written: number;
}

/** Measures what a receipt costs a store alone: without a request, and without a provider. */
export const store: Benchmark = {
  name: 'store',
  title: 'processor time, written and kept a receipt, by the SQLite store alone; groups of 64',
  async measure({ quick: isQuick, onProgress }) {
    const effort = isQuick ? quick : full;
    onProgress(`${(effort.warmUpRounds + effort.rounds) * effort.groups * groupSize} receipts in SQLite`);
    const folder = mkdtempSync(join(tmpdir(), 'fiscalkit-bench-'));
    try {
      return await measureSqlite(join(folder, 'ledger.sqlite'), effort);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function measureSqlite(path: string, { warmUpRounds, rounds, groups }: Effort): Promise<Comparison[]> {
  const ledger = createSqliteStore({ path });
  const newEntry = entryMaker(ledger);
  const samples: Record<Operation, Cost>[] = [];
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const costs = await runRound(ledger, newEntry, groups);
    if (round >= 0) samples.push(costs);
  }
  // A ledger that is closed is one file: what was in the log has moved into it.
  await ledger.close();
  const receipts = (warmUpRounds + rounds) * groups * groupSize;
  const kept = statSync(path).size / receipts / 1000;
  return [
    ...operations.map((operation) => ({
      what: `SQLite: ${operation}, ${groupSize} at once`,
      unit: 'µs of processor time',
      candidates: [{ name: 'store', samples: samples.map((costs) => costs[operation].processor) }],
      thresholds: [],
    })),
    {
      what: 'SQLite: written a receipt',
      unit: 'KB',
      candidates: [
        {
          name: 'store',
          samples: samples.map((costs) => operations.reduce((sum, name) => sum + costs[name].written, 0)),
        },
      ],
      thresholds: [{ kind: 'at most', value: 12, of: 'store' }],
    },
    {
      what: 'SQLite: kept a receipt',
      unit: 'KB',
      candidates: [{ name: 'store', samples: [kept] }],
      thresholds: [{ kind: 'at most', value: 3.2, of: 'store' }],
    },
  ];
}

/** Accepts, claims and settles so many groups, one after the other; returns what each took, a receipt. */
async function runRound(
  ledger: LedgerStore,
  newEntry: () => NewEntry,
  groups: number,
): Promise<Record<Operation, Cost>> {
  const meters = { accept: new Meter(), claim: new Meter(), settle: new Meter() };
  for (let group = 0; group < groups; group += 1) {
    const entries = Array.from({ length: groupSize }, newEntry);
    const [provider = ''] = entries.map((entry) => entry.provider);
    const query = { provider, shares: sharesOf(entries), leaseMs: 60_000, worker: 'bench' };

    await meters.accept.measure(() => Promise.all(entries.map((entry) => ledger.accept(entry))));
    const claims = await meters.claim.measure(() => ledger.claim(query));
    if (claims.length !== groupSize) throw new Error(`claimed ${claims.length} of ${groupSize} entries`);
    const settlements = claims.map(({ entry, fence }) => ({
      id: entry.id,
      fence,
      entry,
      transition: registered(),
    }));
    await meters.settle.measure(() => Promise.all(settlements.map((each) => ledger.settle(each))));
    await meters.settle.measure(() => ledger.seal());
  }
  const receipts = groups * groupSize;
  return {
    accept: meters.accept.perReceipt(receipts),
    claim: meters.claim.perReceipt(receipts),
    settle: meters.settle.perReceipt(receipts),
  };
}

/** Sums what this process takes for some of its work. */
class Meter {
  #microseconds = 0;
  #bytes = 0;

  async measure<T>(work: () => Promise<T>): Promise<T> {
    const [before, written] = [process.cpuUsage(), writtenBytes()];
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    this.#microseconds += user + system;
    this.#bytes += writtenBytes() - written;
    return result;
  }

  perReceipt(receipts: number): Cost {
    return { processor: this.#microseconds / receipts, written: this.#bytes / receipts / 1000 };
  }
}

/** Returns what this process has written by system calls so far; 0 on systems other than Linux. */
function writtenBytes(): number {
  if (process.platform !== 'linux') return 0;
  return Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}
