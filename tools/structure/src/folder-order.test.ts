import { expect, it } from 'vitest';
import { measureLayout, twoFileCircles } from './measure.js';
import { folderOf, packageOf, readSourceTree, type SourceFile } from './source-tree.js';

const files = readSourceTree();
const layout = measureLayout(files);

/** The folders of the ledger; each imports only what stands before it. */
const ledgerFolders = [
  'entry',
  'journal',
  'store',
  'delivery',
  'services',
  'reconciliation',
  'reports',
  'observation',
  'audit',
  'backup',
  '.',
];

function importsUpward(file: SourceFile, byPath: ReadonlyMap<string, SourceFile>): string[] {
  const own = ledgerFolders.indexOf(folderOf(file));
  return file.imports
    .map((path) => byPath.get(path))
    .filter((imported) => imported !== undefined)
    .filter((imported) => ledgerFolders.indexOf(folderOf(imported)) > own)
    .map(({ path }) => `${file.path} imports ${path}`);
}

it('keeps the folders of the ledger in their order', () => {
  const ledger = files.filter((file) => packageOf(file) === 'packages/ledger' && file.kind === 'source');
  const byPath = new Map(ledger.map((file) => [file.path, file]));
  expect(new Set(ledger.map(folderOf))).toEqual(new Set(ledgerFolders));
  expect(ledger.flatMap((file) => importsUpward(file, byPath))).toEqual([]);
});

it('has no two source files that import each other', () => {
  expect(twoFileCircles(files)).toEqual([]);
});

it('keeps private steps with their callers, and files at a length that is read in one go', () => {
  expect(layout.privateSteps / layout.files).toBeLessThanOrEqual(0.2);
  expect(layout.longestLines).toBeLessThanOrEqual(300);
});
