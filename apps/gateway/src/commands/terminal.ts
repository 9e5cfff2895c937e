import { isFiscalError } from '@fiscalkit/schemas';
import type { Environment } from '../configuration/environment.js';

/** Input and output of a command. */
export interface Terminal {
  readonly environment: Environment;
  /** Writes a line of the result to standard output. */
  print(line: string): void;
  /** Writes a line on progress or failure to standard error. */
  printError(line: string): void;
  /** Replaces the last line of standard error; `null` if that is not a terminal. */
  readonly rewrite: ((line: string) => void) | null;
}

/** Terminal of a process. */
export interface ProcessTerminal extends Terminal {
  /** Resolves when all output is written; to the error if some of it could not be. */
  flushed(): Promise<Error | null>;
}

/** Returns the terminal of a process. */
export function processTerminal({ env, stdout, stderr }: NodeJS.Process): ProcessTerminal {
  const writes: Promise<Error | null>[] = [];
  const write = (text: string) =>
    new Promise<Error | null>((resolve) => stdout.write(text, (error) => resolve(error ?? null)));
  // Each write reports its own failure.
  stdout.on('error', () => {});
  return {
    environment: env,
    print: (line) => writes.push(write(`${line}\n`)),
    flushed: async () => (await Promise.all(writes)).find((error) => error !== null) ?? null,
    printError: (line) => stderr.write(`${line}\n`),
    rewrite: stderr.isTTY ? (line) => stderr.write(`\r\u001b[K${line}`) : null,
  };
}

/** Milliseconds between two lines on progress: on a terminal, where the line is replaced, and in a log. */
const interval = { terminal: 200, log: 10_000 };

/** Reports the progress of long work from time to time. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #intervalMs: number;
  #shownAt = performance.now();
  #isOpen = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#intervalMs = terminal.rewrite ? interval.terminal : interval.log;
  }

  show(describe: () => string): void {
    const now = performance.now();
    if (now - this.#shownAt < this.#intervalMs) return;
    this.#shownAt = now;
    const write = this.#terminal.rewrite ?? this.#terminal.printError;
    write(describe());
    this.#isOpen = this.#terminal.rewrite !== null;
  }

  /** Keeps the last line, so that further output begins on a new one. */
  end(): void {
    if (this.#isOpen) this.#terminal.rewrite?.('');
    this.#isOpen = false;
  }
}

/** Command of the program. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Returns the text of `--help` after the name of the command. */
  readonly help: () => string;
  /** Resolves to the exit status. Throws a `UsageError` for arguments that it can't use. */
  run(commandLine: readonly string[], terminal: Terminal): Promise<number>;
}

/** Describes an error for people: the words of our errors, and of their cause. */
export function explain(error: unknown): string {
  if (!isFiscalError(error)) return String(error);
  const { message, cause } = error;
  // Some of our own messages contain the cause already.
  if (!(cause instanceof Error) || message.includes(cause.message)) return message;
  if (message.includes(String(Object(cause).code))) return message;
  return `${message} (${cause.message})`;
}
