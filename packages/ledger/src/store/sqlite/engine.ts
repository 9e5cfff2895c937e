import type { Answer, Argument, OperationName } from './operations.js';

/** Does what is asked of the tables, wherever they are open. */
export interface Engine {
  /** Does one operation; resolves once it is durable. Calls that are made at the same time may share a commit. */
  run<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  /** Tries a write if one was refused since the last that passed. */
  checkWrites(): Promise<void>;
  /** Commits what waits, and closes. */
  close(): Promise<void>;
}
