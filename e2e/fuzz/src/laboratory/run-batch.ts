import fc, { type RunDetails } from 'fast-check';
import type { Finding } from './finding.js';
import type { AnyTarget } from './target.js';

const shrinkingMs = 10_000;
/** More than fit into any batch: the time ends it. */
const mostCases = 100_000_000;

/** A run of one target from one seed. */
export interface Batch {
  readonly target: AnyTarget;
  readonly seed: number;
  readonly milliseconds: number;
  /** Starts at the input that a finding named. */
  readonly path?: string | undefined;
  /** CPU time that one case may take on its thread, in milliseconds; more is an input that can stop a server. 1,000 by default. */
  readonly mostCpuMs?: number;
  /** Told before every case. */
  readonly onCase?: () => void;
}

/** What a batch came to. */
export interface BatchResult {
  readonly cases: number;
  readonly finding: Finding | null;
}

/** Checks as many inputs as the time allows, or until one violates; that one is then made as small as can be. */
export async function runBatch(batch: Batch): Promise<BatchResult> {
  const { target, seed, milliseconds, path, mostCpuMs = 1_000, onCase } = batch;
  const property = fc.asyncProperty(target.input, async (input) => {
    onCase?.();
    const before = process.threadCpuUsage();
    await target.check(input);
    const { user, system } = process.threadCpuUsage(before);
    const cpuMs = (user + system) / 1_000;
    if (cpuMs > mostCpuMs) throw new Error(`the case took ${Math.round(cpuMs)} ms of CPU time`);
  });
  const run = (limitMs: number, from: string | undefined) =>
    fc.check(property, {
      seed,
      numRuns: mostCases,
      interruptAfterTimeLimit: limitMs,
      ...(from !== undefined && { path: from }),
    });
  const details = await run(milliseconds, path);
  if (!details.failed || details.counterexample === null) return { cases: details.numRuns, finding: null };
  const smallest = await run(shrinkingMs, details.counterexamplePath ?? undefined);
  const finding = findingOf(target.name, smallest.counterexample === null ? details : smallest);
  return { cases: details.numRuns, finding };
}

function findingOf(
  target: string,
  { seed, counterexamplePath, counterexample, errorInstance }: RunDetails<[unknown]>,
) {
  const violation = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { target, seed, path: counterexamplePath, input: fc.stringify(counterexample?.[0]), violation };
}
