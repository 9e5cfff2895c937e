import { parseArgs } from 'node:util';

/** Options of a command, as they are parsed and as `--help` shows them. */
export interface Options {
  readonly [name: string]: {
    readonly type: 'string' | 'boolean';
    /** Name of the value in `--help`. */
    readonly value?: string;
    readonly help: string;
  };
}

/** Returns the lines of `--help` on options. */
export function optionLines(options: Options): string[] {
  const rows = Object.entries(options).map(([name, { value, help }]) => {
    return { option: value === undefined ? `--${name}` : `--${name} ${value}`, help };
  });
  const width = Math.max(...rows.map(({ option }) => option.length)) + 3;
  return rows.map(({ option, help }) => `  ${option.padEnd(width)}${help}`);
}

/** Parses the command line into options and other words. Throws a `UsageError` for an unknown option. */
export function readArguments<const Known extends Options>(commandLine: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...commandLine], options, allowPositionals: true, strict: true });
  } catch (cause) {
    // The parser's further sentences are advice for another kind of program.
    const [message] = cause instanceof Error ? cause.message.split('. ') : [];
    throw new UsageError(message ?? 'the arguments can not be read', { cause });
  }
}

/** Throws a `UsageError` for words after the last one that a command takes. */
export function noMoreThan(words: number, positionals: readonly string[]): void {
  const surplus = positionals[words];
  if (surplus !== undefined) throw new UsageError(called('unexpected argument', surplus));
}

const plainWord = /^-{0,2}[A-Za-z][\w-]{0,31}$/;

/** Names a word of the command line, quoted only if plain: others may be addresses with passwords. */
export function called(what: string, word: string): string {
  return plainWord.test(word) ? `${what} ${JSON.stringify(word)}` : what;
}

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Parses a time such as `2026-03-31T12:00:00Z`. Its zone is required, as times depend on the place. */
export function timeArgument(option: string, text: string): Date {
  // February 30 would be read as a day of March.
  const isOnCalendar = new Date(text.slice(0, 10)).getUTCDate() === Number(text.slice(8, 10));
  const time = form.test(text) && isOnCalendar ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--${option} must be a time with its zone, such as 2026-03-31T12:00:00Z`);
  }
  return time;
}

/** Error for arguments that a command can't use. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
