import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Program } from '@fiscalkit/testing';
import type { BenchmarkOptions } from '../../benchmark.js';
import { runLoad } from '../../load/run-load.js';
import { percentile } from '../../percentile.js';
import { peakMemory, processorTime } from '../../process-usage.js';
import { startGateway, startSandbox } from '../../programs.js';

export const listsAtOnce = 30;
export const perSecond = 200;

/** Paths that are requested besides, as an orchestrator does. */
export const probedPaths = ['/health/ready', '/metrics'] as const;

/** Figures of a gateway over some seconds. */
export interface Round {
  /** The 99th percentile of the latencies of `POST /v5/receipts`, in milliseconds. */
  readonly acceptMs: number;
  /** The same of each of the `probedPaths`. */
  readonly probeMs: Readonly<Record<string, number>>;
  /** Processors that the gateway kept at work; `null` on systems other than Linux. */
  readonly processors: number | null;
}

/** Figures of one gateway. */
export interface Findings {
  /** Before the lists, and after them: the effect of the machine itself. */
  readonly alone: readonly Round[];
  readonly beside: Round;
  readonly megabytes: number;
  /** Lists answered, by status. */
  readonly lists: ListLoadResult['answers'];
}

/** Lists to read over and over, in a process of its own. */
export interface ListLoad {
  readonly url: string;
  /** Concurrent readers. */
  readonly atOnce: number;
  /** Receipts in the ledger. */
  readonly receipts: number;
  readonly seconds: number;
}

/** Answers to the lists, counted by status. */
export interface ListLoadResult {
  readonly answers: Readonly<Record<string, number>>;
}

interface ReadersSetup extends Pick<BenchmarkOptions, 'onProgress'> {
  readonly ledgerUrl: string;
  readonly receipts: number;
  readonly seconds: number;
}

const listsMain = fileURLToPath(new URL('lists/main.js', import.meta.url));

/** Submits receipts to a gateway on this ledger: without lists, beside them, and without them again. */
export async function besideLists({
  ledgerUrl,
  receipts,
  seconds,
  onProgress,
}: ReadersSetup): Promise<Findings> {
  const sandbox = await startSandbox(0);
  const gateway = await startGateway({ role: 'all', ledgerUrl, providerUrl: sandbox.url });
  const withoutLists = Math.ceil(seconds / 3);
  // A gateway that has just started is slower: its code is not compiled yet, nor the server's plans made.
  await accept(gateway, { firstPayment: 2_000_000_000, seconds: 2 + withoutLists });
  const before = await runRound(gateway, { firstPayment: 3_000_000_000, seconds: withoutLists });
  const lists = runLists({ url: gateway.url, atOnce: listsAtOnce, receipts, seconds });
  // Awaited below; until then, a failure is not unhandled.
  lists.catch(() => {});
  const beside = await runRound(gateway, { firstPayment: 4_000_000_000, seconds });
  const { answers } = await lists;
  const megabytes = peakMemory(gateway.pid);
  const after = await runRound(gateway, { firstPayment: 5_000_000_000, seconds: withoutLists });
  await gateway.stop();
  await sandbox.stop();
  onProgress(
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

async function runRound(gateway: Program, receipts: Receipts): Promise<Round> {
  const probing = probe(gateway.url, probedPaths);
  const before = processorTime(gateway.pid);
  const { latencyMs, seconds } = await accept(gateway, receipts);
  const after = processorTime(gateway.pid);
  await probing.stop();
  return {
    acceptMs: latencyMs.p99,
    probeMs: Object.fromEntries(
      probedPaths.map((path) => [path, percentile(probing.latencyMs[path] ?? [], 0.99)]),
    ),
    processors: before === null || after === null ? null : (after - before) / 1e6 / seconds,
  };
}

async function runLists(load: ListLoad): Promise<ListLoadResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [listsMain, JSON.stringify(load)]);
  return JSON.parse(stdout);
}

const pauseMs = 50;

/** Requests to a gateway, repeated until `stop`. */
interface Probe {
  /** Latency of each request, in milliseconds, by path. */
  readonly latencyMs: Readonly<Record<string, readonly number[]>>;
  stop(): Promise<void>;
}

/** Requests these paths of a gateway, one after the other, again and again, as an orchestrator does. */
function probe(url: string, paths: readonly string[]): Probe {
  const latencyMs = Object.fromEntries(paths.map((path) => [path, [] as number[]]));
  let going = true;
  const request = async () => {
    while (going) {
      for (const path of paths) {
        const startedAt = performance.now();
        const answer = await fetch(`${url}${path}`);
        await answer.text();
        if (!answer.ok) throw new Error(`${path} was answered with status ${answer.status}`);
        latencyMs[path]?.push(performance.now() - startedAt);
      }
      await delay(pauseMs);
    }
  };
  const requesting = request();
  // A failure rejects `stop`.
  requesting.catch(() => {});
  return {
    latencyMs,
    stop() {
      going = false;
      return requesting;
    },
  };
}
