import { commandOf, type Finding } from '../laboratory/finding.js';
import type { FuzzResult } from './result.js';

/** The result as text: one line a target, then every finding with the command that shows it again. */
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
