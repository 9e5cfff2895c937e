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

/** The terminal of a process. */
export interface ProcessTerminal extends Terminal {
  /** Resolves when what was printed is written, to why some of it could not be. */
  printed(): Promise<Error | null>;
}

/** The terminal that the process was started from. */
export function processTerminal({ env, stdout, stderr }: NodeJS.Process): ProcessTerminal {
  const writes: Promise<Error | null>[] = [];
  const write = (text: string) =>
    new Promise<Error | null>((resolve) => stdout.write(text, (error) => resolve(error ?? null)));
  // Each write says itself what became of it.
  stdout.on('error', () => {});
  return {
    environment: env,
    print: (line) => writes.push(write(`${line}\n`)),
    printed: async () => (await Promise.all(writes)).find((error) => error !== null) ?? null,
    tell: (line) => stderr.write(`${line}\n`),
    rewrite: stderr.isTTY ? (line) => stderr.write(`\r\u001b[K${line}`) : null,
  };
}
