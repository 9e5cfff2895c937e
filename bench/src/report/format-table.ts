import type { Bar } from '../comparison/comparison.js';
import type { Figures, Judgement } from '../comparison/judge.js';
import { formatNumber } from './format-number.js';

const headings = ['row', 'what', 'contestant', 'median', 'p90', 'spread', 'ratio', 'bar', ''] as const;
const textColumns = 3;

/** The judgements as a table of plain text, one line for each contestant. */
export function formatTable(judgements: readonly Judgement[]): string {
  const lines = [headings, ...judgements.flatMap(linesOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column < textColumns ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

function linesOf({ row, what, unit, figures, bar, met }: Judgement): string[][] {
  return figures.map((each, index) => [
    index === 0 ? row : '',
    index === 0 ? `${what}, ${unit}` : '',
    ...cellsOf(each),
    ...(index === figures.length - 1 ? [barText(bar), bar ? (met ? 'met' : 'MISSED') : ''] : ['', '']),
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

function barText(bar: Bar | null): string {
  return bar ? `${bar.kind === 'at least' ? '≥' : '≤'} ${bar.ratio} ×` : '';
}
