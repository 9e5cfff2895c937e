import type { Comparison } from './comparison/comparison.js';

/** Under what circumstances a row is measured. */
export interface Circumstances {
  /** Small amounts: shows that the row works, and says nothing about its bars. */
  readonly quick: boolean;
  /** Tells the user what is being done. */
  readonly tell: (what: string) => void;
}

/** One row of the benchmark: measures contestants side by side, in one run. */
export interface Row {
  /** How the command line calls it. */
  readonly name: string;
  /** What it measures, in one line. */
  readonly title: string;
  readonly measure: (circumstances: Circumstances) => Promise<Comparison[]>;
}
