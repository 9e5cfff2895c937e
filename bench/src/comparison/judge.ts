import type { Bar, Comparison, Contestant } from './comparison.js';
import { percentile } from './percentile.js';

/** What one contestant came to. */
export interface Figures {
  readonly name: string;
  readonly samples: number;
  readonly median: number;
  readonly p90: number;
  /** From the first quartile to the third, as a share of the median. */
  readonly spread: number;
  /** Of the medians, to the first contestant. */
  readonly ratio: number;
}

/** A comparison in figures, and whether it meets its bar. */
export interface Judgement {
  readonly row: string;
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly Figures[];
  readonly bar: Bar | null;
  readonly met: boolean;
}

/** Makes figures of the samples and holds the last contestant against the bar. */
export function judge(row: string, { what, unit, contestants, bar }: Comparison): Judgement {
  const base = percentile(contestants[0]?.samples ?? [], 0.5);
  const figures = contestants.map((contestant) => figuresOf(contestant, base));
  return { row, what, unit, figures, bar, met: isMet(bar, figures.at(-1)?.ratio ?? Number.NaN) };
}

function figuresOf({ name, samples }: Contestant, base: number): Figures {
  const median = percentile(samples, 0.5);
  return {
    name,
    samples: samples.length,
    median,
    p90: percentile(samples, 0.9),
    spread: (percentile(samples, 0.75) - percentile(samples, 0.25)) / median,
    ratio: median / base,
  };
}

function isMet(bar: Bar | null, ratio: number): boolean {
  if (bar === null) return true;
  return bar.kind === 'at least' ? ratio >= bar.ratio : ratio <= bar.ratio;
}
