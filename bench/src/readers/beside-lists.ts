import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { percentile } from '../comparison/percentile.js';
import { runLoad } from '../load/run-load.js';
import { processorTime } from '../programs/processor-time.js';
import { startGateway } from '../programs/start-gateway.js';
import type { Program } from '../programs/start-program.js';
import { startSandbox } from '../programs/start-sandbox.js';
import type { Circumstances } from '../row.js';
import { listPaths } from './list-paths.js';
import type { ListLoad, ListLoadResult } from './lists/read-lists.js';
import { mostMemory, probe } from './probe.js';

export const listsAtOnce = 30;
export const perSecond = 200;

/** What is asked for besides, as an orchestrator does. */
export const looks = ['/health/ready', '/metrics'] as const;

/** How a gateway fared for a while. */
export interface Turn {
  /** The 99th percentile of the latencies of `POST /v5/receipts`, in milliseconds. */
  readonly acceptMs: number;
  /** The same of each of the `looks`. */
  readonly lookMs: Readonly<Record<string, number>>;
  /** Processors that the gateway kept at work; `null` where the system does not tell. */
  readonly processors: number | null;
}

/** What was measured of one gateway. */
export interface Findings {
  /** Before the lists, and after them: what the machine itself did to the figures. */
  readonly alone: readonly Turn[];
  readonly beside: Turn;
  readonly megabytes: number;
  /** Lists answered, by status. */
  readonly lists: ListLoadResult['answers'];
}

export interface Course extends Pick<Circumstances, 'tell'> {
  readonly ledgerUrl: string;
  readonly receipts: number;
  readonly seconds: number;
}

const listsMain = fileURLToPath(new URL('lists/main.js', import.meta.url));

/** Hands in receipts to a gateway on this ledger: without lists, beside them, and without them again. */
export async function besideLists({ ledgerUrl, receipts, seconds, tell }: Course): Promise<Findings> {
  const sandbox = await startSandbox(0);
  const gateway = await startGateway({ role: 'all', ledgerUrl, providerUrl: sandbox.url });
  const withoutLists = Math.ceil(seconds / 3);
  await accept(gateway, { firstPayment: 2_000_000_000, seconds: 2 });
  const before = await takeTurn(gateway, { firstPayment: 3_000_000_000, seconds: withoutLists });
  const lists = runLists({ url: gateway.url, atOnce: listsAtOnce, paths: listPaths(receipts), seconds });
  // Whoever awaits the turn hears of it.
  lists.catch(() => {});
  const beside = await takeTurn(gateway, { firstPayment: 4_000_000_000, seconds });
  const { answers } = await lists;
  const megabytes = mostMemory(gateway.pid);
  const after = await takeTurn(gateway, { firstPayment: 5_000_000_000, seconds: withoutLists });
  await gateway.stop();
  await sandbox.stop();
  tell(
    `lists answered: ${Object.entries(answers)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', ')}`,
  );
  return { alone: [before, after], beside, megabytes, lists: answers };
}

interface Receipts {
  readonly firstPayment: number;
  readonly seconds: number;
}

function accept({ url }: Program, { firstPayment, seconds }: Receipts) {
  return runLoad({ url, connections: 32, requests: perSecond * seconds, firstPayment, perSecond });
}

async function takeTurn(gateway: Program, receipts: Receipts): Promise<Turn> {
  const looking = probe(gateway.url, looks);
  const before = processorTime(gateway.pid);
  const { latencyMs, seconds } = await accept(gateway, receipts);
  const after = processorTime(gateway.pid);
  await looking.stop();
  return {
    acceptMs: latencyMs.p99,
    lookMs: Object.fromEntries(looks.map((path) => [path, percentile(looking.latencyMs[path] ?? [], 0.99)])),
    processors: before === null || after === null ? null : (after - before) / 1e6 / seconds,
  };
}

async function runLists(load: ListLoad): Promise<ListLoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [listsMain, JSON.stringify(load)]);
  return JSON.parse(stdout);
}
