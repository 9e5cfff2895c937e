import { type Layout, measureLayout, measurePackages } from './measure.js';
import { readSourceTree } from './source-tree.js';

const columns: readonly [string, keyof Layout][] = [
  ['files', 'files'],
  ['lines', 'lines'],
  ['median', 'medianLines'],
  ['p90', 'ninthDecileLines'],
  ['longest', 'longestLines'],
  ['one importer', 'privateSteps'],
  ['circles', 'twoFileCircles'],
];

const files = readSourceTree();
const supporting = files.filter(({ kind }) => kind === 'fixture');
const table = [...Array.from(measurePackages(files)), ['all', measureLayout(files)] as const].map(
  ([name, layout]) => [name, ...columns.map(([, column]) => String(layout[column]))],
);

process.stdout.write(`| folder | ${columns.map(([title]) => title).join(' | ')} |\n`);
process.stdout.write(`| --- | ${columns.map(() => '---').join(' | ')} |\n`);
for (const row of table) process.stdout.write(`| ${row.join(' | ')} |\n`);
const supportingLines = supporting.reduce((sum, { lines }) => sum + lines, 0);
process.stdout.write(`\nFixtures and contracts: ${supporting.length} files, ${supportingLines} lines\n`);
