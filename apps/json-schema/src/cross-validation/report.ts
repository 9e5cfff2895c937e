import type { Verdict } from './judge-document.js';

/** What one judge says about one document. */
export interface Judgement {
  readonly judge: string;
  readonly document: string;
  readonly verdict: Verdict;
}

const shownSigns = 300;

/** A table of the numbers, a row a document and a column a judge, and below it the first documents on which they differ, with our verdict. */
export function report(judgements: readonly Judgement[]): string[] {
  const judges = [...new Set(judgements.map(({ judge }) => judge))];
  const documents = Map.groupBy(judgements, ({ document }) => document);
  const rows = [
    ['document', ...judges],
    ...[...documents].map(([document, row]) => [document, ...judges.map((judge) => cellOf(row, judge))]),
    ['all', ...judges.map((judge) => cellOf(judgements, judge))],
  ];
  return [...table(rows), ...judgements.flatMap(differences)];
}

function cellOf(judgements: readonly Judgement[], name: string): string {
  const verdicts = judgements.filter(({ judge }) => judge === name).map(({ verdict }) => verdict);
  const agreed = verdicts.reduce((sum, verdict) => sum + verdict.agreed, 0);
  const disagreed = verdicts.reduce((sum, verdict) => sum + verdict.disagreed, 0);
  return disagreed === 0 ? `${agreed} agreed` : `${agreed} agreed, ${disagreed} not`;
}

function table(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function differences({ judge, document, verdict }: Judgement): string[] {
  return verdict.first.map((line) => `✗ ${judge}, ${document}: ${line.slice(0, shownSigns)}`);
}
