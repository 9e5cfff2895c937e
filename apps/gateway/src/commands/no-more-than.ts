import { called } from './called.js';
import { UsageError } from './usage-error.js';

/** Throws a `UsageError` for words behind the last one that a command takes. */
export function noMoreThan(words: number, positionals: readonly string[]): void {
  const surplus = positionals[words];
  if (surplus !== undefined) throw new UsageError(called('unexpected argument', surplus));
}
