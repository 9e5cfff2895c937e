import { runCommand } from './cli.js';

/** Result of a command. */
export interface Ran {
  readonly status: number;
  /** Standard output. */
  readonly printed: string;
  /** Standard error. */
  readonly told: string;
}

/** Runs a command in this process, and collects its output. */
export async function run(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const printed: string[] = [];
  const told: string[] = [];
  const status = await runCommand(commandLine, {
    environment,
    print: (line) => printed.push(line),
    tell: (line) => told.push(line),
    rewrite: null,
  });
  return { status, printed: printed.join('\n'), told: told.join('\n') };
}
