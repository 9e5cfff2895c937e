import { isFiscalError } from '@fiscalkit/schemas';
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

/** Between two lines about the work, in milliseconds: on a terminal, where the line is replaced, and in a log. */
const interval = { terminal: 200, log: 10_000 };

/** Tells how far long work has come, from time to time. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #intervalMs: number;
  #toldAt = performance.now();
  #isOpen = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#intervalMs = terminal.rewrite ? interval.terminal : interval.log;
  }

  tell(describe: () => string): void {
    const now = performance.now();
    if (now - this.#toldAt < this.#intervalMs) return;
    this.#toldAt = now;
    const write = this.#terminal.rewrite ?? this.#terminal.tell;
    write(describe());
    this.#isOpen = this.#terminal.rewrite !== null;
  }

  /** Leaves the line as it is, so that what follows has one of its own. */
  end(): void {
    if (this.#isOpen) this.#terminal.rewrite?.('');
    this.#isOpen = false;
  }
}

/** One thing that the program can do. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What `--help` behind the name prints. */
  readonly help: () => string;
  /** Answers the exit status. Throws a `UsageError` for arguments that it can't use. */
  run(commandLine: readonly string[], terminal: Terminal): Promise<number>;
}

/** What went wrong, for people: the words of our errors, and of what caused them. */
export function explain(error: unknown): string {
  if (!isFiscalError(error)) return String(error);
  const { message, cause } = error;
  // Some of our own words say all that the cause does.
  if (!(cause instanceof Error) || message.includes(cause.message)) return message;
  if (message.includes(String(Object(cause).code))) return message;
  return `${message} (${cause.message})`;
}
