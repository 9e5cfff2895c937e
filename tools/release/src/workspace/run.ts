import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The output of a program that ended. */
export interface Run {
  readonly succeeded: boolean;
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Rejects only when there is no such program. */
export async function run(
  program: string,
  commandLine: readonly string[],
  { folder, environment = {} }: RunOptions,
): Promise<Run> {
  const options = { cwd: folder, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout, stderr } = await execute(program, [...commandLine], options);
    return { succeeded: true, output: stdout, errors: stderr };
  } catch (failure) {
    const { code, stdout, stderr } = Object(failure);
    if (typeof code === 'string') throw failure;
    return { succeeded: false, output: String(stdout), errors: String(stderr) };
  }
}

/** Runs a program that must succeed and returns its output. Throws with its error output otherwise. */
export async function mustRun(
  program: string,
  commandLine: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { succeeded, output, errors } = await run(program, commandLine, options);
  if (!succeeded) throw new Error(`${program} ${commandLine.join(' ')} failed:\n${output}${errors}`);
  return output;
}
