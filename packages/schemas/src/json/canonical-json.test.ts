import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

describe('canonicalJson', () => {
  it('sorts keys at every depth, as texts, and leaves lists alone', () => {
    expect(canonicalJson({ b: [3, 1, { d: null, c: 'x' }], a: { 10: 1, 9: 2 } })).toBe(
      '{"a":{"10":1,"9":2},"b":[3,1,{"c":"x","d":null}]}',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
      }),
    );
  });

  it('says the same as JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('sorts and spells like the runtime, key by key and text by text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', '\udc00x', '\u2028', '\u007f', '"\\', '\u001f', '__proto__', '10', '9'),
    );
    const values = fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(texts, values, { maxKeys: 60, size: 'medium' }), (object) => {
        const members = Object.keys(object)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${JSON.stringify(object[key])}`);
        expect(canonicalJson(object)).toBe(`{${members.join()}}`);
      }),
      { numRuns: 500 },
    );
  });

  it('takes what another realm made, as test runners have one of their own', () => {
    expect(canonicalJson(runInNewContext('({ b: [{}], a: 1 })'))).toBe('{"a":1,"b":[{}]}');
  });

  it('leaves out what is undefined, as JSON.stringify does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([
    [undefined],
    [1n],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [new Date(0)],
    [[undefined]],
    [() => 1],
  ])('refuses %o', (value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'json.value' }));
  });
});
