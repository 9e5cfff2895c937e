import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedFiles, readPublished } from '../published-files.js';
import { generatedFiles } from './generated-files.js';
import { writeJson } from './write-json.js';

const generated = generatedFiles();

it('the published files are those that the schemas generate: run `npm run schemas`', () => {
  expect([...publishedFiles().keys()].sort()).toEqual([...generated.keys()].sort());
  const stale = [...generated].filter(
    ([path, text]) => readFileSync(publishedFiles().get(path) ?? '', 'utf8') !== text,
  );
  expect(stale.map(([path]) => path)).toEqual([]);
});

it('generating twice gives the same', () => {
  expect(generatedFiles()).toEqual(generated);
});

it('files end with a newline and hold nothing unseen', () => {
  for (const [, text] of generated) {
    expect(text.endsWith('\n')).toBe(true);
    expect(text).not.toMatch(/[\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/);
  }
});

it('published files are read by their path, and no other file is', () => {
  expect(readPublished('openapi.json')).toHaveProperty('openapi', '3.1.0');
  expect(() => readPublished('package.json')).toThrow(RangeError);
  expect(() => readPublished('schemas/../package.json')).toThrow(RangeError);
});

it('unseen signs are spelt out', () => {
  expect(writeJson({ blank: '\u00a0', sign: 'Ы' })).toBe('{\n  "blank": "\\u00a0",\n  "sign": "Ы"\n}\n');
});
