import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest, writeManifest } from './block-manifest.js';

const rows = fc
  .uniqueArray(
    fc.record({
      position: fc.integer({ min: 1 }),
      entryId: fc.string({ unit: 'grapheme' }),
      version: fc.integer({ min: 1 }),
      hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    }),
    { selector: ({ position }) => position, minLength: 1 },
  )
  .map((each) => each.sort((one, other) => one.position - other.position));

describe('a manifest', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(rows, (sealed) => {
        const expected = sealed.map(({ hash, ...row }) => ({ ...row, hashStart: hash.slice(0, 16) }));
        expect(readManifest(writeManifest(sealed))).toEqual(expected);
      }),
    );
  });

  it.each([
    '',
    '[]',
    '{}',
    'null',
    '[null]',
    '[[1,1,"a"]]',
    '[[1,1,"a","b"],[1,2,"c","d"]]',
    '[["1",1,"a","b"]]',
  ])('is not %j', (text) => {
    expect(readManifest(text)).toBeNull();
  });

  it('is nothing else, whatever it is', () => {
    const texts = fc.oneof(fc.string(), fc.json());
    fc.assert(fc.property(texts, (text) => readManifest(text) === null));
  });
});
