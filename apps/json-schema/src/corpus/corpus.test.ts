import { publicDocuments } from '@fiscalkit/schemas/documents';
import { expect, it } from 'vitest';
import { schemaFiles } from '../schemas/schema-files.js';
import { corpusLines } from './corpus-lines.js';

const files = schemaFiles();

it.each(publicDocuments)('writes a corpus about $name that a seed repeats', (document) => {
  const published = files.get(`2020-12/${document.name}.json`) ?? {};
  const drawing = { document, examples: document.examples, published, count: 50, seed: 1 };
  const lines = corpusLines(drawing);
  expect(corpusLines(drawing)).toEqual(lines);
  expect(lines.slice(document.examples.length)).not.toEqual(
    corpusLines({ ...drawing, examples: [], seed: 2 }),
  );
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries.slice(0, document.examples.length).map(({ value }) => value)).toEqual(document.examples);
  expect(new Set(entries.map(({ valid }) => valid))).toEqual(new Set([true, false]));
  expect(lines.join('')).toMatch(/^[ -~]*$/);
});
