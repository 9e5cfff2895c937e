import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The command line as options and other words. Throws a `UsageError` for an option that is not there. */
export function readArguments<const Known extends Options>(commandLine: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...commandLine], options, allowPositionals: true, strict: true });
  } catch (cause) {
    // The parser's further sentences are advice for another kind of program.
    const [message] = cause instanceof Error ? cause.message.split('. ') : [];
    throw new UsageError(message ?? 'the arguments can not be read', { cause });
  }
}
