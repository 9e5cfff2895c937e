import type { CrossValidation } from './cross-validate.js';

const shownCharacters = 300;

/**
 * Returns a table of the numbers, with a row for each document and a column for each validator, and below it
 * the first documents on which a validator and our own code differ.
 */
export function report(results: readonly CrossValidation[]): string[] {
  const validators = [...new Set(results.map(({ validator }) => validator))];
  const documents = Map.groupBy(results, ({ document }) => document);
  const rows = [
    ['document', ...validators],
    ...[...documents].map(([document, row]) => [document, ...validators.map((name) => cellOf(row, name))]),
    ['all', ...validators.map((name) => cellOf(results, name))],
  ];
  return [...table(rows), ...results.flatMap(differences)];
}

function cellOf(results: readonly CrossValidation[], name: string): string {
  const agreements = results.filter(({ validator }) => validator === name).map(({ agreement }) => agreement);
  const agreed = agreements.reduce((sum, agreement) => sum + agreement.agreed, 0);
  const disagreed = agreements.reduce((sum, agreement) => sum + agreement.disagreed, 0);
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

function differences({ validator, document, agreement }: CrossValidation): string[] {
  return agreement.first.map((line) => `✗ ${validator}, ${document}: ${line.slice(0, shownCharacters)}`);
}
