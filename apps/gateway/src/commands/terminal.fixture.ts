import { runCommand } from './cli.js';

/** Result of a command. */
export interface Ran {
  readonly status: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly errors: string;
}

/** Runs a command in this process, and collects its output. */
export async function run(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const output: string[] = [];
  const errors: string[] = [];
  const status = await runCommand(commandLine, {
    environment,
    print: (line) => output.push(line),
    printError: (line) => errors.push(line),
    rewrite: null,
  });
  return { status, output: output.join('\n'), errors: errors.join('\n') };
}
