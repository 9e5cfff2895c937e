/** One of those that are compared, with what was measured, sample by sample. */
export interface Contestant {
  readonly name: string;
  readonly samples: readonly number[];
  /** What it promises less than the product does, in a few words; absent where it promises as much. */
  readonly lacks?: string;
}

/** What the median of a contestant must reach, or must not pass. */
export type Bar = RatioBar | ValueBar;

/** A bar on the ratio to the best of other contestants. */
export interface RatioBar {
  readonly kind: 'at least' | 'at most';
  readonly ratio: number;
  /** Names of contestants: whose median, and the best of whose. The most is best for `at least`, the least for `at most`. */
  readonly of: string;
  readonly to: readonly string[];
}

/** A bar on the median itself, in the comparison's unit. */
export interface ValueBar {
  readonly kind: 'at least' | 'at most';
  readonly value: number;
  readonly of: string;
}

/** Contestants that did the same thing, in one unit. Ratios are to the first of them. */
export interface Comparison {
  readonly what: string;
  /** Of the samples: `µs`, `receipts/s`, … */
  readonly unit: string;
  readonly contestants: readonly Contestant[];
  /** None where the figures are for information. */
  readonly bars: readonly Bar[];
}
