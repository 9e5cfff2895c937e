import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a load generator is to send. */
export interface LoadPlan {
  /** Address of the service, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Kept alive, with one request in flight on each. */
  readonly connections: number;
  readonly requests: number;
  /** Every request is the receipt of a payment of its own: this one, the next, and so on. */
  readonly firstPayment: number;
  /** Requests in a second, sent whether or not the service keeps up; as fast as it answers when absent. */
  readonly perSecond?: number;
}

/** Result of a load. Every request was answered with status 200. */
export interface LoadResult {
  readonly requests: number;
  /** From the first request to the last answer; the requests were prepared before. */
  readonly seconds: number;
  /** From a request to its answer, in milliseconds. */
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number };
  /** Share of one processor that the generator itself took: near 1, it is the limit and not the service. */
  readonly generatorLoad: number;
  /** Time of each request, in the order of payments, by the clock of `monotonicMs`; only at a given rate. */
  readonly sentAtMs?: readonly number[];
}

const main = fileURLToPath(new URL('main.js', import.meta.url));

/** Loads a service from a process of its own. Rejects on an answer with another status than 200. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const commandLine = [main, JSON.stringify(plan)];
  const { stdout } = await promisify(execFile)(process.execPath, commandLine, { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}
