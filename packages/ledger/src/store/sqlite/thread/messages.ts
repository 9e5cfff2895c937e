import type { OperationName } from '../operations.js';
import type { Failure } from './failure.js';

/** What the thread is started with. */
export interface ThreadSettings {
  readonly path: string;
}

/** The first message of the thread: whether the ledger is open. */
export type Opening = 'open' | Failure;

/** Asks for an operation, under a number that its reply will have. Calls go in packs: a message costs more than what it holds. */
export type Call = readonly [
  number: number,
  name: OperationName | 'checkWrites' | 'close',
  argument: unknown,
];

/** What came of a call. */
export type Reply =
  | readonly [number: number, answer: unknown]
  | readonly [number: number, none: undefined, failure: Failure];
