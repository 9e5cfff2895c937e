import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;

/** The result of a program. */
export interface Run {
  /** Its exit status; `null` when it could not be started or was stopped. */
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end, or stops it after the time limit. Never rejects. */
export async function runProgram(
  program: string,
  commandLine: readonly string[],
  withinMs: number,
): Promise<Run> {
  try {
    const { stdout, stderr } = await execute(program, commandLine, { timeout: withinMs, maxBuffer });
    return { status: 0, output: stdout, errors: stderr };
  } catch (failure) {
    const { code, stdout = '', stderr = '', message } = Object(failure);
    return { status: typeof code === 'number' ? code : null, output: stdout, errors: stderr || message };
  }
}
