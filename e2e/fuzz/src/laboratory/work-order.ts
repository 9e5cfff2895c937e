import type { Programs } from '../programs/programs.js';

/** What the thread that fuzzes is told. */
export interface WorkOrder {
  readonly programs: Programs;
  readonly names: readonly string[];
  readonly seed: number;
  readonly seconds: number;
  readonly path: string | undefined;
  readonly memory: SharedArrayBuffer;
}
