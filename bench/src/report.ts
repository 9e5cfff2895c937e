import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { EvaluatedThreshold, Evaluation, Figures } from './evaluation.js';

const headings = [
  'benchmark',
  'what',
  'candidate',
  'median',
  'p90',
  'spread',
  'ratio',
  'threshold',
  '',
  '',
] as const;
const textColumns = new Set([0, 1, 2, 9]);

/** Formats a table of plain text, one line for each candidate, a weaker guarantee at its end. */
export function formatTable(evaluations: readonly Evaluation[]): string {
  const lines = [headings, ...evaluations.flatMap(linesOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    textColumns.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

/** Writes the figures of a run to a file, with the machine that they were measured on. */
export function writeJson(
  path: string,
  run: {
    readonly startedAt: Date;
    readonly quick: boolean;
    readonly evaluations: readonly Evaluation[];
  },
): void {
  mkdirSync(dirname(path), { recursive: true });
  const machine = {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
  writeFileSync(path, `${JSON.stringify({ ...run, machine }, null, 2)}\n`);
}

const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Formats a number for comparison: at least three significant digits, and thousands apart. */
export function formatNumber(value: number): string {
  return (Math.abs(value) < 1000 ? threeDigits : whole).format(value);
}

function linesOf({ benchmark, what, unit, figures, thresholds }: Evaluation): string[][] {
  return figures.map((each, index) => [
    index === 0 ? benchmark : '',
    index === 0 ? `${what}, ${unit}` : '',
    ...figureCells(each),
    ...thresholdCells(thresholds.filter(({ threshold }) => threshold.of === each.name)),
    each.weakerGuarantee ?? '',
  ]);
}

function figureCells({ name, median, p90, spread, ratio }: Figures): string[] {
  return [
    name,
    formatNumber(median),
    formatNumber(p90),
    `${Math.round(spread * 100)} %`,
    `${formatNumber(ratio)} ×`,
  ];
}

function thresholdCells(thresholds: readonly EvaluatedThreshold[]): [string, string] {
  if (thresholds.length === 0) return ['', ''];
  const missed = thresholds.filter(({ met }) => !met);
  return [thresholds.map(thresholdText).join('; '), missed.length === 0 ? 'met' : 'MISSED'];
}

/** Formats a threshold and what was reached: `≥ 2 × (3.1 ×)`. */
function thresholdText({ threshold, reached }: EvaluatedThreshold): string {
  const sign = threshold.kind === 'at least' ? '≥' : '≤';
  if ('value' in threshold) return `${sign} ${formatNumber(threshold.value)}`;
  const best = threshold.to.length > 1 ? 'best peer ' : '';
  return `${sign} ${threshold.ratio} × ${best}(${formatNumber(reached)} ×)`;
}
