import type { Candidate, Comparison, Threshold } from './benchmark.js';
import { percentile } from './percentile.js';

/** A comparison in figures, and whether it meets its thresholds. */
export interface Evaluation {
  readonly benchmark: string;
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly Figures[];
  readonly thresholds: readonly EvaluatedThreshold[];
}

/** Statistics of one candidate. */
export interface Figures {
  readonly name: string;
  readonly weakerGuarantee?: string;
  readonly samples: number;
  readonly median: number;
  readonly p90: number;
  /** From the first quartile to the third, as a share of the median. */
  readonly spread: number;
  /** Of the medians, to the first candidate. */
  readonly ratio: number;
}

/** A threshold, what was reached, and whether that is enough. */
export interface EvaluatedThreshold {
  readonly threshold: Threshold;
  /** In the threshold's own terms: a ratio or a value. */
  readonly reached: number;
  readonly met: boolean;
}

/** Computes the figures of the samples, and compares them with the thresholds. */
export function evaluate(benchmark: string, { what, unit, candidates, thresholds }: Comparison): Evaluation {
  const base = percentile(candidates[0]?.samples ?? [], 0.5);
  const figures = candidates.map((candidate) => figuresOf(candidate, base));
  const evaluated = thresholds.map((threshold) => evaluateThreshold(threshold, figures));
  return { benchmark, what, unit, figures, thresholds: evaluated };
}

function figuresOf({ name, samples, weakerGuarantee }: Candidate, base: number): Figures {
  const median = percentile(samples, 0.5);
  return {
    name,
    ...(weakerGuarantee !== undefined && { weakerGuarantee }),
    samples: samples.length,
    median,
    p90: percentile(samples, 0.9),
    spread: (percentile(samples, 0.75) - percentile(samples, 0.25)) / median,
    ratio: median / base,
  };
}

function evaluateThreshold(threshold: Threshold, figures: readonly Figures[]): EvaluatedThreshold {
  const reached = reachedOf(threshold, figures);
  const limit = 'value' in threshold ? threshold.value : threshold.ratio;
  return { threshold, reached, met: threshold.kind === 'at least' ? reached >= limit : reached <= limit };
}

/** Returns not a number, which meets no threshold, where a candidate of the threshold is missing. */
function reachedOf(threshold: Threshold, figures: readonly Figures[]): number {
  const medianOf = (name: string) => figures.find((each) => each.name === name)?.median ?? Number.NaN;
  if ('value' in threshold) return medianOf(threshold.of);
  const best = threshold.kind === 'at least' ? Math.max : Math.min;
  return medianOf(threshold.of) / best(...threshold.to.map(medianOf));
}
