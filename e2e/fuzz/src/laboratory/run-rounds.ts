import type { Finding } from './finding.js';
import { runBatch } from './run-batch.js';
import type { AnyTarget } from './target.js';

/** Time of a target with the usual share in one round, in milliseconds. */
const batchMs = 250;

/** How long to fuzz what, from which seed. */
export interface Rounds {
  readonly targets: readonly AnyTarget[];
  readonly seed: number;
  readonly seconds: number;
  readonly path?: string | undefined;
  /** Told before every case: which target, and the seed of its batch. */
  readonly onCase?: (target: number, seed: number) => void;
}

/** What was done with one target. */
export interface Effort {
  readonly cases: number;
  readonly milliseconds: number;
}

/** What the rounds came to. */
export interface RoundsResult {
  readonly efforts: Readonly<Record<string, Effort>>;
  readonly findings: readonly Finding[];
}

/**
 * Gives every target its turn, round after round, until the time is up. Each round has the next seed, so that any batch can be
 * repeated alone; a target that has violated is not asked again.
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
