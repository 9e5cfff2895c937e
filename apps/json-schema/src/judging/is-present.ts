import type { Judge } from './judge.js';
import { runProgram } from './run-program.js';

const withinMs = 30_000;

/** Whether a judge's language and validator are on this machine. */
export async function isPresent({ program, presence }: Judge): Promise<boolean> {
  const { status } = await runProgram(program, presence, withinMs);
  return status === 0;
}
