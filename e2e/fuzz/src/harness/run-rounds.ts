import fc, { type RunDetails } from 'fast-check';
import type { AnyTarget } from './target.js';

/** Time of a target with the default share in one round, in milliseconds. */
const batchMs = 250;

/** Targets, duration and seed of a fuzz run. */
export interface Rounds {
  readonly targets: readonly AnyTarget[];
  readonly seed: number;
  readonly seconds: number;
  readonly path?: string | undefined;
  /** Called before every case, with the target and the seed of its batch. */
  readonly onCase?: (target: number, seed: number) => void;
}

/** Totals of one target. */
export interface Effort {
  readonly cases: number;
  readonly milliseconds: number;
}

/** Result of all rounds. */
export interface RoundsResult {
  readonly efforts: Readonly<Record<string, Effort>>;
  readonly findings: readonly Finding[];
}

/**
 * Runs every target in each round, until the time is up. Each round has the next seed, so that any batch can
 * be repeated alone; a target with a violation is not run again.
 */
export async function runRounds({ targets, seed, seconds, path, onCase }: Rounds): Promise<RoundsResult> {
  const efforts: Record<string, Effort> = {};
  const findings: Finding[] = [];
  const overAt = performance.now() + seconds * 1_000;
  const isGood = ({ name }: AnyTarget) => !findings.some((finding) => finding.target === name);
  for (let round = 0; performance.now() < overAt && targets.some(isGood); round += 1) {
    const roundSeed = (seed + round) | 0;
    for (const [index, target] of targets.entries()) {
      if (!isGood(target) || performance.now() >= overAt) continue;
      const startedAt = performance.now();
      const milliseconds =
        path === undefined ? Math.min(batchMs * (target.share ?? 1), overAt - startedAt) : seconds * 1_000;
      const batch = { target, seed: roundSeed, milliseconds, path, onCase: () => onCase?.(index, roundSeed) };
      const { cases, finding } = await runBatch(batch);
      const { [target.name]: before = { cases: 0, milliseconds: 0 } } = efforts;
      efforts[target.name] = {
        cases: before.cases + cases,
        milliseconds: before.milliseconds + performance.now() - startedAt,
      };
      if (finding) findings.push(finding);
    }
    if (path !== undefined) break;
  }
  return { efforts, findings };
}

const shrinkingMs = 10_000;
/** More cases than fit into any batch: the time ends it. */
const mostCases = 100_000_000;

/** Settings of a batch: one target from one seed. */
export interface Batch {
  readonly target: AnyTarget;
  readonly seed: number;
  readonly milliseconds: number;
  /** Path of the input of a finding, to start at. */
  readonly path?: string | undefined;
  /** CPU time of one case in milliseconds; an input that takes more can stop a server. 1,000 when absent. */
  readonly mostCpuMs?: number;
  /** Called before every case. */
  readonly onCase?: () => void;
}

/** Result of a batch. */
export interface BatchResult {
  readonly cases: number;
  readonly finding: Finding | null;
}

/** Checks inputs until the time is up or one violates; that one is then minimised. */
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

/** A violation, with what reproduces it. */
export interface Finding {
  readonly target: string;
  readonly seed: number;
  /** Path of the minimised input in the run of that seed; `null` when the run ended without one. */
  readonly path: string | null;
  /** Minimised input. */
  readonly input: string;
  readonly violation: string;
}

/** Returns the command that reproduces a finding. */
export function commandOf({ target, seed, path }: Finding): string {
  const options = ['--target', target, '--seed', String(seed), ...(path === null ? [] : ['--path', path])];
  return `npm run fuzz -- ${options.join(' ')}`;
}
