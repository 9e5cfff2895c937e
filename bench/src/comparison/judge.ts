import type { Bar, Comparison, Contestant } from './comparison.js';
import { percentile } from './percentile.js';

/** What one contestant came to. */
export interface Figures {
  readonly name: string;
  readonly lacks?: string;
  readonly samples: number;
  readonly median: number;
  readonly p90: number;
  /** From the first quartile to the third, as a share of the median. */
  readonly spread: number;
  /** Of the medians, to the first contestant. */
  readonly ratio: number;
}

/** A bar, what was reached, and whether that is enough. */
export interface JudgedBar {
  readonly bar: Bar;
  /** In the bar's own terms: a ratio or a value. */
  readonly reached: number;
  readonly met: boolean;
}

/** A comparison in figures, and whether it meets its bars. */
export interface Judgement {
  readonly row: string;
  readonly what: string;
  readonly unit: string;
  readonly figures: readonly Figures[];
  readonly bars: readonly JudgedBar[];
}

/** Makes figures of the samples and holds them against the bars. */
export function judge(row: string, { what, unit, contestants, bars }: Comparison): Judgement {
  const base = percentile(contestants[0]?.samples ?? [], 0.5);
  const figures = contestants.map((contestant) => figuresOf(contestant, base));
  return { row, what, unit, figures, bars: bars.map((bar) => judgeBar(bar, figures)) };
}

function figuresOf({ name, samples, lacks }: Contestant, base: number): Figures {
  const median = percentile(samples, 0.5);
  return {
    name,
    ...(lacks !== undefined && { lacks }),
    samples: samples.length,
    median,
    p90: percentile(samples, 0.9),
    spread: (percentile(samples, 0.75) - percentile(samples, 0.25)) / median,
    ratio: median / base,
  };
}

function judgeBar(bar: Bar, figures: readonly Figures[]): JudgedBar {
  const reached = reachedOf(bar, figures);
  const limit = 'value' in bar ? bar.value : bar.ratio;
  return { bar, reached, met: bar.kind === 'at least' ? reached >= limit : reached <= limit };
}

/** Not a number, and so never enough, where somebody is missing whom the bar is about. */
function reachedOf(bar: Bar, figures: readonly Figures[]): number {
  const medianOf = (name: string) => figures.find((each) => each.name === name)?.median ?? Number.NaN;
  if ('value' in bar) return medianOf(bar.of);
  const best = bar.kind === 'at least' ? Math.max : Math.min;
  return medianOf(bar.of) / best(...bar.to.map(medianOf));
}
