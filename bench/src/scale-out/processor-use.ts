import type { Client } from 'pg';
import { processorTime } from '../programs/processor-time.js';
import type { Program } from '../programs/start-program.js';

/** Processor time, in microseconds; 0 where the system does not tell. */
export interface ProcessorUse {
  readonly workers: number;
  readonly postgres: number;
  readonly sandbox: number;
}

/** Those whose processor time is measured; of PostgreSQL, all processes that its view of activity shows. */
export interface Participants {
  readonly client: Client;
  readonly workers: readonly Program[];
  readonly sandbox: Program;
}

interface Reading {
  readonly by: keyof ProcessorUse;
  readonly pid: number;
  readonly time: number;
}

/** Begins to measure; what this answers tells what those who are still there have used since then. */
export async function measureProcessorUse(participants: Participants): Promise<() => Promise<ProcessorUse>> {
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

/** Nothing of a process that has just ended. */
function reading(by: keyof ProcessorUse, pid: number): Reading[] {
  try {
    return [{ by, pid, time: processorTime(pid) ?? 0 }];
  } catch {
    return [];
  }
}
