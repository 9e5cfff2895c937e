import { readFileSync } from 'node:fs';
import type { LedgerStore, NewEntry } from '@fiscalkit/ledger';
import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import { type Client, Pool } from 'pg';
import type { Benchmark, Comparison } from '../benchmark.js';
import { withClient, withServer } from '../postgres.js';
import { entryMaker } from './growth/ledger-under-test.js';
import { registered, sharesOf } from './growth/operations.js';

/** How much is measured: so many groups of entries make one round, and are one sample. */
interface Effort {
  readonly warmUpRounds: number;
  readonly rounds: number;
  readonly receipts: number;
}

const full: Effort = { warmUpRounds: 4, rounds: 12, receipts: 2_048 };
const quick: Effort = { warmUpRounds: 1, rounds: 2, receipts: 128 };

/** Numbers of entries whose calls are made at the same time, and share a commit. */
const groupSizes = [64, 16] as const;

const operations = ['accept', 'claim', 'settle'] as const;

type Operation = (typeof operations)[number];

/** What one operation took, a receipt. */
interface Cost {
  /** Processor time of this process and of all of the server's, in microseconds. */
  readonly client: number;
  readonly server: number;
  /** What the server wrote to its log, in KB. */
  readonly written: number;
}

/** Measures what a receipt costs a store alone: without a request, and without a provider. */
export const storePostgres: Benchmark = {
  name: 'store-postgres',
  title: 'processor time, log and kept a receipt, by the PostgreSQL store alone; groups of 64 and 16',
  measure({ quick: isQuick, onProgress }) {
    const effort = isQuick ? quick : full;
    return withServer(async (connectionString) => {
      const comparisons: Comparison[] = [];
      for (const groupSize of groupSizes) {
        onProgress(
          `${(effort.warmUpRounds + effort.rounds) * effort.receipts} receipts, ${groupSize} at once`,
        );
        comparisons.push(...(await measureGroups(connectionString, groupSize, effort)));
      }
      return comparisons;
    });
  },
};

async function measureGroups(
  connectionString: string,
  groupSize: number,
  { warmUpRounds, rounds, receipts }: Effort,
): Promise<Comparison[]> {
  const schema = `groups_of_${groupSize}`;
  // A connection alone, so that one process of the server does the work.
  const pool = new Pool({ connectionString, max: 1, idleTimeoutMillis: 0 });
  const store = await createPostgresStore({ pool, schema });
  try {
    return await withClient(connectionString, async (client) => {
      const newEntry = entryMaker(store);
      const samples: Record<Operation, Cost>[] = [];
      for (let round = -warmUpRounds; round < rounds; round += 1) {
        // Pages are written whole to the log when they change first after a checkpoint: not in the middle.
        if (round === 0) await client.query('CHECKPOINT');
        const entries = Array.from({ length: receipts }, newEntry);
        const costs = await deliver({ store, client, groupSize }, entries);
        if (round >= 0) samples.push(costs);
      }
      const kept = await keptBytes(client, schema);
      return comparisonsOf(groupSize, samples, kept / ((warmUpRounds + rounds) * receipts) / 1000);
    });
  } finally {
    await store.close();
    await pool.end();
  }
}

interface Candidate {
  readonly store: LedgerStore;
  readonly client: Client;
  readonly groupSize: number;
}

/** Accepts, claims and settles the entries, group after group; returns what each took, a receipt. */
async function deliver(
  { store, client, groupSize }: Candidate,
  entries: readonly NewEntry[],
): Promise<Record<Operation, Cost>> {
  const groups = Array.from({ length: entries.length / groupSize }, (_, index) =>
    entries.slice(index * groupSize, (index + 1) * groupSize),
  );
  const [provider = ''] = entries.map((entry) => entry.provider);
  const measure = (work: () => Promise<void>) => measureCost(client, entries.length, work);
  const claims: Awaited<ReturnType<LedgerStore['claim']>> = [];
  const accept = await measure(async () => {
    for (const group of groups) await Promise.all(group.map((entry) => store.accept(entry)));
  });
  const claim = await measure(async () => {
    for (const group of groups) {
      const query = { provider, shares: sharesOf(group), leaseMs: 600_000, worker: 'bench' };
      claims.push(...(await store.claim(query)));
    }
  });
  if (claims.length !== entries.length)
    throw new Error(`claimed ${claims.length} of ${entries.length} entries`);
  const settlements = claims.map(({ entry, fence }) => ({
    id: entry.id,
    fence,
    entry,
    transition: registered(),
  }));
  const settle = await measure(async () => {
    for (let from = 0; from < settlements.length; from += groupSize) {
      await Promise.all(settlements.slice(from, from + groupSize).map((each) => store.settle(each)));
    }
  });
  return { accept, claim, settle };
}

async function measureCost(client: Client, receipts: number, work: () => Promise<void>): Promise<Cost> {
  const before = {
    server: await serverTimes(client),
    log: await logPosition(client),
    own: process.cpuUsage(),
  };
  await work();
  const { user, system } = process.cpuUsage(before.own);
  const log = await logPosition(client);
  let server = 0;
  for (const [pid, time] of await serverTimes(client)) server += time - (before.server.get(pid) ?? 0);
  return {
    client: (user + system) / receipts,
    server: server / receipts,
    written: (log - before.log) / receipts / 1000,
  };
}

/** Returns the processor time so far of each of the server's processes, in microseconds; Linux only. */
async function serverTimes(client: Client): Promise<Map<number, number>> {
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  const timeOf = (pid: number) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
  return new Map(rows.map(({ pid }) => [pid, timeOf(pid)]));
}

async function logPosition(client: Client): Promise<number> {
  const { rows } = await client.query(`SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`);
  return Number(rows[0].bytes);
}

async function keptBytes(client: Client, schema: string): Promise<number> {
  const { rows } = await client.query(
    `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
     WHERE relnamespace = $1::regnamespace AND relkind = 'r'`,
    [schema],
  );
  return Number(rows[0].bytes);
}

function comparisonsOf(
  groupSize: number,
  samples: readonly Record<Operation, Cost>[],
  keptKilobytes: number,
): Comparison[] {
  const name = `${groupSize} at once`;
  const sums = (figure: keyof Cost) =>
    samples.map((costs) => operations.reduce((sum, operation) => sum + costs[operation][figure], 0));
  const isLarge = groupSize === groupSizes[0];
  return [
    ...operations.map((operation) => ({
      what: `PostgreSQL: ${operation}, ${name}`,
      unit: 'µs of processor time',
      candidates: (['server', 'client'] as const).map((side) => ({
        name: side,
        samples: samples.map((costs) => costs[operation][side]),
      })),
      thresholds: [],
    })),
    {
      what: `PostgreSQL: accept, claim and settle, ${name}`,
      unit: 'µs of processor time',
      candidates: [
        { name: 'server', samples: sums('server') },
        { name: 'client', samples: sums('client') },
      ],
      thresholds: isLarge ? [{ kind: 'at most', value: 185, of: 'server' }] : [],
    },
    {
      what: `PostgreSQL: log a receipt, ${name}`,
      unit: 'KB',
      candidates: [{ name: 'store', samples: sums('written') }],
      thresholds: isLarge ? [{ kind: 'at most', value: 4.5, of: 'store' }] : [],
    },
    {
      what: `PostgreSQL: kept a receipt, ${name}`,
      unit: 'KB',
      candidates: [{ name: 'store', samples: [keptKilobytes] }],
      thresholds: [],
    },
  ];
}
