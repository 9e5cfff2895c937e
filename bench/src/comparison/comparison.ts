/** One of those that are compared, with what was measured, sample by sample. */
export interface Contestant {
  readonly name: string;
  readonly samples: readonly number[];
}

/** What the ratio of the last contestant to the first must reach, or must not pass. */
export interface Bar {
  readonly kind: 'at least' | 'at most';
  readonly ratio: number;
}

/** Contestants that did the same thing, in one unit. Ratios are to the first of them. */
export interface Comparison {
  readonly what: string;
  /** Of the samples: `µs`, `receipts/s`, … */
  readonly unit: string;
  readonly contestants: readonly Contestant[];
  /** `null` where the figures are for information. */
  readonly bar: Bar | null;
}
