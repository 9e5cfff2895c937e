import { types } from 'node:util';
/** SQLSTATEs that functions of the ledger raise, so that the store sets right what is wrong and calls again. */
export const sqlStates = {
  /** The store's own transaction has begun with another isolation level than read committed. */
  isolation: 'FK001',
  /** The server is not on the timeline that the ledger knows, or the ledger has less than this process has seen. */
  timeline: 'FK002',
} as const;

/** The server's code of an error; `null` for an error that is not the server's. */
export function sqlStateOf(error: unknown): string | null {
  if (!types.isNativeError(error) || !('severity' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
