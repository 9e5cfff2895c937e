import { types } from 'node:util';
import { FiscalError, type FiscalErrorFields, isFiscalError } from '@fiscalkit/schemas/errors';
import type { OperationName } from '../operations.js';
import type { ReadingName } from '../reader.js';

/** What a thread is started with. */
export interface ThreadSettings {
  readonly path: string;
}

/** The first message of a thread: whether the ledger is open. */
export type Opening = 'open' | Failure;

/**
 * Asks for an operation, under a number that its reply will have. Calls go in packs: a message costs more
 * than what it holds.
 */
export type Call = readonly [
  number: number,
  name: OperationName | ReadingName | 'checkWrites' | 'close',
  argument: unknown,
];

/** What came of a call. */
export type Reply =
  | readonly [number: number, answer: unknown]
  | readonly [number: number, none: undefined, failure: Failure];

/** Argument of a reader's operation, and the writer's time where that is not the system's. */
export interface ReaderArgument {
  readonly argument: unknown;
  readonly now: number | undefined;
}

/** An error as it goes from thread to thread, where objects lose their class. */
export type Failure = ({ readonly fiscal: FiscalErrorFields } | { readonly other: unknown }) & {
  /** What SQLite or the system has put on the error, and the copy of an error leaves out. */
  readonly codes?: object;
};

function codesOf(error: unknown): Pick<Failure, 'codes'> {
  if (!types.isNativeError(error)) return {};
  const { code, errcode }: { code?: unknown; errcode?: unknown } = Object(error);
  return { codes: { ...(code !== undefined && { code }), ...(errcode !== undefined && { errcode }) } };
}

function withCodes(error: unknown, codes: object | undefined): unknown {
  return types.isNativeError(error) && codes ? Object.assign(error, codes) : error;
}

export function failureOf(error: unknown): Failure {
  if (!isFiscalError(error)) return { other: error, ...codesOf(error) };
  const { code, message, retryable, faults, cause } = Object(error);
  return { fiscal: { code, message, retryable, faults, cause }, ...codesOf(cause) };
}

export function errorOf(failure: Failure): unknown {
  const { codes } = failure;
  if (!('fiscal' in failure)) return withCodes(failure.other, codes);
  const { fiscal } = failure;
  return new FiscalError({ ...fiscal, cause: withCodes(fiscal.cause, codes) });
}
