import type { Figures, JudgedBar, Judgement } from '../comparison/judge.js';
import { formatNumber } from './format-number.js';

const headings = ['row', 'what', 'contestant', 'median', 'p90', 'spread', 'ratio', 'bar', '', ''] as const;
const textColumns = new Set([0, 1, 2, 9]);

/** The judgements as a table of plain text, one line for each contestant; what a contestant lacks stands at its end. */
export function formatTable(judgements: readonly Judgement[]): string {
  const lines = [headings, ...judgements.flatMap(linesOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    textColumns.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

function linesOf({ row, what, unit, figures, bars }: Judgement): string[][] {
  return figures.map((each, index) => [
    index === 0 ? row : '',
    index === 0 ? `${what}, ${unit}` : '',
    ...cellsOf(each),
    ...barCells(bars.filter(({ bar }) => bar.of === each.name)),
    each.lacks ?? '',
  ]);
}

function cellsOf({ name, median, p90, spread, ratio }: Figures): string[] {
  return [
    name,
    formatNumber(median),
    formatNumber(p90),
    `${Math.round(spread * 100)} %`,
    `${formatNumber(ratio)} ×`,
  ];
}

function barCells(bars: readonly JudgedBar[]): [string, string] {
  if (bars.length === 0) return ['', ''];
  const missed = bars.filter(({ met }) => !met);
  return [bars.map(barText).join('; '), missed.length === 0 ? 'met' : 'MISSED'];
}

/** `≥ 2 × (3.1 ×)`: the bar, and what was reached. */
function barText({ bar, reached }: JudgedBar): string {
  const sign = bar.kind === 'at least' ? '≥' : '≤';
  if ('value' in bar) return `${sign} ${formatNumber(bar.value)}`;
  return `${sign} ${bar.ratio} × ${bar.to.length > 1 ? 'best peer ' : ''}(${formatNumber(reached)} ×)`;
}
