import { supervise } from '../laboratory/supervise.js';
import { healthFindings } from '../programs/health-findings.js';
import { memoryOf } from '../programs/memory-of.js';
import { noPrograms } from '../programs/programs.js';
import { startPrograms } from '../programs/start-programs.js';
import { needsPrograms } from '../targets/open-targets.js';
import type { Arguments } from './read-arguments.js';
import type { FuzzResult } from './result.js';

/** Fuzzes what was asked for, with the programs running where they are needed. */
export async function fuzz({
  seconds,
  seed,
  names,
  path,
}: Omit<Arguments, 'help' | 'json'>): Promise<FuzzResult> {
  const startedAt = performance.now();
  await using programs = names.some(needsPrograms) ? await startPrograms() : null;
  const order = { programs: programs?.ports ?? noPrograms, names, seed, seconds, path };
  const { efforts, findings } = await supervise(order);
  const memories = programs?.all.map(({ name, program }) => [name, memoryOf(program.pid) ?? 0]) ?? [];
  return {
    seed,
    seconds: (performance.now() - startedAt) / 1_000,
    cases: Object.values(efforts).reduce((sum, effort) => sum + effort.cases, 0),
    efforts,
    memoryMiB: Object.fromEntries(memories),
    findings: [...findings, ...(programs ? await healthFindings(programs, seed) : [])],
  };
}
