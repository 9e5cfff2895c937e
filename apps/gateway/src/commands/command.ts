import type { Terminal } from './terminal.js';

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
