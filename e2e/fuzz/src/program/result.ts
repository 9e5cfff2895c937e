import type { Finding } from '../laboratory/finding.js';
import type { Effort } from '../laboratory/run-rounds.js';

/** What a run came to. */
export interface FuzzResult {
  readonly seed: number;
  readonly seconds: number;
  readonly cases: number;
  readonly efforts: Readonly<Record<string, Effort>>;
  readonly findings: readonly Finding[];
  /** Memory of the programs after the run, in mebibytes; empty when none ran. */
  readonly memoryMiB: Readonly<Record<string, number>>;
}
