import { commandOf, type Effort, type Finding } from '../harness/run-rounds.js';
import { supervise } from '../harness/supervise.js';
import { healthFindings, memoryOf } from '../programs/health-findings.js';
import { noPrograms, startPrograms } from '../programs/programs.js';
import { needsPrograms } from '../targets/open-targets.js';
import type { Arguments } from './arguments.js';

/** Fuzzes the requested targets, and runs the programs that these need. */
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

/** Result of a run. */
export interface FuzzResult {
  readonly seed: number;
  readonly seconds: number;
  readonly cases: number;
  readonly efforts: Readonly<Record<string, Effort>>;
  readonly findings: readonly Finding[];
  /** Memory of the programs after the run, in mebibytes; empty when none ran. */
  readonly memoryMiB: Readonly<Record<string, number>>;
}

/** Returns the result as text: a line per target, then every finding with the command for it. */
export function printResult({ efforts, findings, cases, seconds, seed, memoryMiB }: FuzzResult): string {
  const rows = Object.entries(efforts).map(([name, { cases: count, milliseconds }]) => {
    const perSecond = milliseconds === 0 ? 0 : (count * 1_000) / milliseconds;
    return `  ${name.padEnd(22)}${grouped(count).padStart(12)}${grouped(perSecond).padStart(12)}/s`;
  });
  const memory = Object.entries(memoryMiB).map(([name, size]) => `, ${name} ${Math.round(size)} MiB`);
  const summary = `${grouped(cases)} cases in ${Math.round(seconds)} s, seed ${seed}${memory.join('')}: ${verdictOf(findings)}`;
  return `${[...rows, '', ...findings.flatMap(linesOf), summary].join('\n')}\n`;
}

function verdictOf(findings: readonly Finding[]): string {
  return findings.length === 0 ? 'nothing found' : `${findings.length} found`;
}

const longestInput = 2_000;

function linesOf(finding: Finding): string[] {
  const { target, violation, input } = finding;
  const shown =
    input.length > longestInput ? `${input.slice(0, longestInput)}… (${input.length} characters)` : input;
  return [`✗ ${target}: ${violation}`, `  input: ${shown}`, `  again: ${commandOf(finding)}`, ''];
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en');
}
