import type { OperationName } from '../operations.js';
import type { ReadingName } from '../reader.js';
import type { Failure } from './failure.js';

/** What a thread is started with. */
export interface ThreadSettings {
  readonly path: string;
}

/** The first message of a thread: whether the ledger is open. */
export type Opening = 'open' | Failure;

/** Asks for an operation, under a number that its reply will have. Calls go in packs: a message costs more than what it holds. */
export type Call = readonly [
  number: number,
  name: OperationName | ReadingName | 'checkWrites' | 'close',
  argument: unknown,
];

/** What came of a call. */
export type Reply =
  | readonly [number: number, answer: unknown]
  | readonly [number: number, none: undefined, failure: Failure];

/** What a reader is asked: the argument of the operation, and the writer's time where that is not the system's. */
export interface ReaderArgument {
  readonly argument: unknown;
  readonly now: number | undefined;
}
