import type { Environment } from '../configuration/environment.js';

/** What a command reads and writes. */
export interface Terminal {
  readonly environment: Environment;
  /** Writes a line of the result, to standard output. */
  print(line: string): void;
  /** Writes a line about the work, to standard error. */
  tell(line: string): void;
  /** Replaces the last line about the work by another; `null` where standard error is not a terminal. */
  readonly rewrite: ((line: string) => void) | null;
}

/** The terminal that the process was started from. */
export function processTerminal({ env, stdout, stderr }: NodeJS.Process): Terminal {
  return {
    environment: env,
    print: (line) => stdout.write(`${line}\n`),
    tell: (line) => stderr.write(`${line}\n`),
    rewrite: stderr.isTTY ? (line) => stderr.write(`\r\u001b[K${line}`) : null,
  };
}
