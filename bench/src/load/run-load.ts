import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LoadPlan } from './load-plan.js';
import type { LoadResult } from './load-result.js';

const main = fileURLToPath(new URL('main.js', import.meta.url));

/** Loads a service from a process of its own. Rejects when a request is answered with another status than 200. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const commandLine = [main, JSON.stringify(plan)];
  const { stdout } = await promisify(execFile)(process.execPath, commandLine, { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}
