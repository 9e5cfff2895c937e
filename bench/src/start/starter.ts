import type { Program } from '../programs/start-program.js';

/** A program whose start is measured. */
export interface Starter {
  /** As a contestant. */
  readonly name: string;
  /** What it does less than the product before it answers; absent for the product itself. */
  readonly lacks?: string;
  /** Starts it once; resolves when it says where it listens. */
  start(): Promise<Program>;
}
