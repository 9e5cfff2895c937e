/** One benchmark: measures candidates side by side, in one run. */
export interface Benchmark {
  /** Its name on the command line. */
  readonly name: string;
  /** What it measures, in one line. */
  readonly title: string;
  readonly measure: (options: BenchmarkOptions) => Promise<Comparison[]>;
}

export interface BenchmarkOptions {
  /** Small amounts: shows that the benchmark works, and says nothing about its thresholds. */
  readonly quick: boolean;
  /** Receives what is being done, for the user. */
  readonly onProgress: (what: string) => void;
}

/** Candidates that did the same thing, in one unit. Ratios are to the first of them. */
export interface Comparison {
  readonly what: string;
  /** Unit of the samples: `µs`, `receipts/s`, … */
  readonly unit: string;
  readonly candidates: readonly Candidate[];
  /** None where the figures are for information. */
  readonly thresholds: readonly Threshold[];
}

/** One of those that are compared, with what was measured, sample by sample. */
export interface Candidate {
  readonly name: string;
  readonly samples: readonly number[];
  /** What it promises less than the product, in a few words; absent where it promises as much. */
  readonly weakerGuarantee?: string;
}

/** A limit for the median of a candidate. */
export type Threshold = RatioThreshold | ValueThreshold;

/** A threshold for the ratio to the best of other candidates. */
export interface RatioThreshold {
  readonly kind: 'at least' | 'at most';
  readonly ratio: number;
  /** Name of the candidate. */
  readonly of: string;
  /** Names of the others; the best is the greatest for `at least`, the smallest for `at most`. */
  readonly to: readonly string[];
}

/** A threshold for the median itself, in the comparison's unit. */
export interface ValueThreshold {
  readonly kind: 'at least' | 'at most';
  readonly value: number;
  readonly of: string;
}
