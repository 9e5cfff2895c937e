import type { Row } from '../row.js';
import { defaultJsonFile } from './settings.js';

/** What `--help` prints. */
export function helpText(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return [
    'Measures fiscalkit side by side, and prints a table.',
    '',
    'Usage: npm run bench -- [ROW…] [--json FILE] [--check] [--quick]',
    '',
    'Rows (all of them when none is named):',
    ...rows.map(({ name, title }) => `  ${name.padEnd(width)}${title}`),
    '',
    `  --json FILE  where to write the figures (${defaultJsonFile})`,
    '  --check      exit status 1 when a bar is missed',
    '  --quick      small amounts: shows that the rows work, says nothing about their bars',
    '',
  ].join('\n');
}
