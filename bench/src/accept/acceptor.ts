import type { Program } from '../programs/start-program.js';

/** A contestant that takes receipts. */
export interface Acceptor {
  readonly name: string;
  /** What it promises less than the product does; absent for the product itself. */
  readonly lacks?: string;
  /** Whether it is a service that a user would make instead. */
  readonly isPeer: boolean;
  readonly program: Program;
  /** Waits until nothing is left to do of what was accepted; absent where accepting is all. */
  readonly rest?: () => Promise<void>;
  stop(): Promise<void>;
}
