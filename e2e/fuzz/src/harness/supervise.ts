import { Worker } from 'node:worker_threads';
import type { Programs } from '../programs/programs.js';
import type { Finding, RoundsResult } from './run-rounds.js';

/** Time after which a case counts as endless. Over HTTP a case waits up to five seconds by itself. */
const longestCaseMs = 30_000;

const pollIntervalMs = 1_000;

/** Settings of the fuzzing thread. */
export interface Order {
  readonly programs: Programs;
  readonly names: readonly string[];
  readonly seed: number;
  readonly seconds: number;
  readonly path?: string | undefined;
}

/** Fuzzes in a thread of its own. An input that never ends is a finding, too; it ends the run. */
export async function supervise(order: Order): Promise<RoundsResult> {
  const heartbeat = new Heartbeat();
  const workerData: WorkOrder = { path: undefined, ...order, memory: heartbeat.memory };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<RoundsResult>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the fuzzing thread ended without a result (${code})`)));
  let last = { cases: -1, at: performance.now() };
  const watch = setInterval(() => {
    const { cases, target, seed } = heartbeat.read();
    if (cases !== last.cases) last = { cases, at: performance.now() };
    else if (performance.now() - last.at > longestCaseMs) {
      resolve({ efforts: {}, findings: [endless(order.names[target] ?? 'none', seed)] });
    }
  }, pollIntervalMs);
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

function endless(target: string, seed: number): Finding {
  const violation = `a case did not end within ${longestCaseMs / 1_000} s`;
  return { target, seed, path: null, input: 'the last one of this seed', violation };
}

/** Position of the fuzzing thread, in memory that the supervising thread can read at any time. */
export class Heartbeat {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;

  constructor(memory = new SharedArrayBuffer(12)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory);
  }

  /** Records the next case. */
  beat(target: number, seed: number): void {
    this.#numbers[0] = target;
    this.#numbers[1] = seed;
    Atomics.add(this.#numbers, 2, 1);
  }

  /** Returns the target, the seed of its batch, and the number of cases so far. */
  read(): { readonly target: number; readonly seed: number; readonly cases: number } {
    const [target = 0, seed = 0] = this.#numbers;
    return { target, seed, cases: Atomics.load(this.#numbers, 2) };
  }
}

/** Data that the fuzzing thread is started with. */
export interface WorkOrder {
  readonly programs: Programs;
  readonly names: readonly string[];
  readonly seed: number;
  readonly seconds: number;
  readonly path: string | undefined;
  readonly memory: SharedArrayBuffer;
}
