import { publicDocuments } from '@fiscalkit/schemas/documents';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { schemaFiles } from '../schemas/schema-files.js';
import { corpusLines, portableNumbers } from './corpus.js';

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

it('leaves no number that a language of 15 digits reads as another', () => {
  expect(portableNumbers({ checks: [{ due: 101661561362300.98 }] })).toEqual({
    checks: [{ due: 101661561362301 }],
  });
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const portable = Number(portableNumbers(number));
      expect(Number(portable.toPrecision(15))).toBe(portable);
    }),
  );
});

it('leaves everything else as it is', () => {
  const document = { name: 'Tea', price: 50.25, sum: 1e20, positions: [null, true, -0.001], empty: {} };
  expect(portableNumbers(document)).toEqual(document);
});
