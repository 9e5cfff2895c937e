import { type Program, until } from '@fiscalkit/testing';
import type { Client } from 'pg';
import { withClient } from '../../postgres.js';
import { processorTime } from '../../process-usage.js';
import { startGateway, startSandbox } from '../../programs.js';

/** How a measurement is set up. */
interface WorkersSetup {
  /** A ledger with receipts that wait to be delivered. */
  readonly ledgerUrl: string;
  readonly workers: number;
  /** Concurrent calls of each worker. */
  readonly concurrency: number;
  /** Latency of every call to the provider. */
  readonly latencyMs: number;
}

/** Figures of workers. */
export interface WorkersRun {
  readonly receiptsPerSecond: number;
  /** Processor time per receipt, in microseconds. */
  readonly use: ProcessorUse;
  /** Processors at work, on average. */
  readonly processors: number;
}

/** Runs workers until they have delivered what waits in the ledger. */
export function runWorkers({
  ledgerUrl,
  workers,
  concurrency,
  latencyMs,
}: WorkersSetup): Promise<WorkersRun> {
  return withClient(ledgerUrl, async (client) => {
    const sandbox = await startSandbox(latencyMs);
    const release = await holdBack(client);
    const worker = { role: 'worker', ledgerUrl, providerUrl: sandbox.url, concurrency } as const;
    const programs = await Promise.all(Array.from({ length: workers }, () => startGateway(worker)));
    const used = await measureProcessorUse({ client, workers: programs, sandbox });
    await release();
    const { receipts, seconds } = await untilRegistered(client);
    const use = await used();
    await Promise.all(programs.map((program) => program.stop()));
    await sandbox.stop();
    return {
      receiptsPerSecond: (receipts - 1) / seconds,
      use: {
        workers: use.workers / receipts,
        postgres: use.postgres / receipts,
        sandbox: use.sandbox / receipts,
      },
      processors: (use.workers + use.postgres + use.sandbox) / (seconds * 1e6),
    };
  });
}

/** Locks out all workers, so that they start at the same moment. Returns a function that lets them claim. */
async function holdBack(client: Client): Promise<() => Promise<void>> {
  await client.query('BEGIN');
  await client.query('LOCK TABLE fiscalkit.deliveries IN EXCLUSIVE MODE');
  return async () => {
    await client.query('COMMIT');
  };
}

/** Number of registrations, and the time from the first to the last, by the database's clock. */
interface Registrations {
  readonly receipts: number;
  readonly seconds: number;
}

const unfinished = `
  SELECT FROM fiscalkit.deliveries WHERE NOT is_final LIMIT 1`;

const registrations = `
  SELECT count(*)::integer AS receipts,
    (max(changed_at) - min(changed_at))::double precision / 1000 AS seconds
  FROM fiscalkit.deliveries WHERE state = 'registered'`;

/** Waits until everything is registered. */
function untilRegistered(client: Client): Promise<Registrations> {
  const read = async () => {
    if ((await client.query(unfinished)).rowCount !== 0) return null;
    const [all] = (await client.query<Registrations>(registrations)).rows;
    return all && all.receipts > 0 ? all : null;
  };
  return until('everything is registered', read, { intervalMs: 200 });
}

/** Processor time, in microseconds; 0 on systems other than Linux. */
interface ProcessorUse {
  readonly workers: number;
  readonly postgres: number;
  readonly sandbox: number;
}

/** The measured programs; of PostgreSQL, all processes in its view of activity. */
interface Participants {
  readonly client: Client;
  readonly workers: readonly Program[];
  readonly sandbox: Program;
}

interface Reading {
  readonly by: keyof ProcessorUse;
  readonly pid: number;
  readonly time: number;
}

/** Begins to measure. Returns a function for what the processes still running have used since then. */
async function measureProcessorUse(participants: Participants): Promise<() => Promise<ProcessorUse>> {
  const before = new Map((await readings(participants)).map(({ pid, time }) => [pid, time]));
  return async () => {
    const use = { workers: 0, postgres: 0, sandbox: 0 };
    for (const { by, pid, time } of await readings(participants)) use[by] += time - (before.get(pid) ?? 0);
    return use;
  };
}

async function readings({ client, workers, sandbox }: Participants): Promise<Reading[]> {
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  return [
    ...workers.flatMap(({ pid }) => reading('workers', pid)),
    ...rows.flatMap(({ pid }) => reading('postgres', pid)),
    ...reading('sandbox', sandbox.pid),
  ];
}

/** Returns nothing for a process that has just ended. */
function reading(by: keyof ProcessorUse, pid: number): Reading[] {
  try {
    return [{ by, pid, time: processorTime(pid) ?? 0 }];
  } catch {
    return [];
  }
}
