import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { russianReceipt } from '../examples/receipts.js';
import { checkReceipt } from '../validation/check-receipt.js';
import { ambiguityOf, repeatsKey } from './ambiguity.js';
import { readStrictJson } from './strict-json.js';

const maxDepth = 16;
const read = (text: string) => readStrictJson(new TextEncoder().encode(text), maxDepth);

describe('readStrictJson', () => {
  it.each([
    ['syntax', ''],
    ['syntax', '{"a":1'],
    ['depth', `${'['.repeat(17)}${']'.repeat(17)}`],
    ['duplicate-key', '{"x":[{"a":1,"b":{"a":2},"\\u0061":3}]}'],
    ['number', '{"a":9007199254740993}'],
    ['number', '{"a":1e400}'],
    ['number', '{"a":200.00000000000000001}'],
    ['number', '{"a":0.1000000000000000055}'],
    ['number', '{"a":0.1234567890123456789}'],
    ['number', '{"a":12345678901234567.25}'],
    ['number', `{"a":0.1${'0'.repeat(1_000_000)}1}`],
    ['text', '{"a":"\\ud800"}'],
    ['text', '{"\\u0000":1}'],
  ])('says %s', (flaw, text) => {
    expect(read(text)).toEqual({ ok: false, flaw });
  });

  it.each([
    ['0.30000000000000004', 0.30000000000000004],
    ['0.60000000000000009', 0.6000000000000001],
    ['50.100000000000001', 50.100000000000016],
    ['-50.100000000000001', -50.100000000000016],
    ['0.10000000000000001', 0.10000000000000003],
    ['0.0050000000000000001', 0.005000000000000001],
    ['19.989999999999998', 19.990000000000002],
    ['103.000000000000000000', 103],
  ])('reads %s as a fraction of no fewer digits', (literal, value) => {
    expect(read(`{"a":["\\u0041",${literal}]}`)).toEqual({ ok: true, value: { a: ['A', value] } });
  });

  it('gives the price that floating-point arithmetic made a fault in its place', () => {
    for (const price of [
      '0.30000000000000004',
      '0.60000000000000009',
      '50.100000000000001',
      '0.10000000000000001',
    ]) {
      const [tea] = russianReceipt.positions;
      const text = JSON.stringify({ ...russianReceipt, positions: [{ ...tea, price: 0 }] });
      const reading = read(text.replace('"price":0', `"price":${price}`));
      const checked = checkReceipt(reading.ok ? reading.value : null);
      expect(checked.ok ? [] : checked.faults.map(({ code, path }) => [code, path])).toEqual([
        ['amount.precision', '$.positions[0].price'],
      ]);
    }
  });

  it('says encoding of what is not UTF-8', () => {
    expect(readStrictJson(Uint8Array.of(0x22, 0xff, 0x22), maxDepth)).toEqual({
      ok: false,
      flaw: 'encoding',
    });
  });

  it('finds a key that stands twice in any object', () => {
    const keys = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(keys, fc.nat(), (names, at) => {
        const members = names.map((name) => `${JSON.stringify(name)}:{"b":1}`);
        expect(read(`[{${members.join()}}]`)).toMatchObject({ ok: true });
        const again = members[at % members.length];
        expect(read(`[{${[...members, again].join()}}]`)).toEqual({ ok: false, flaw: 'duplicate-key' });
      }),
    );
  });

  it('finds the very flaw that a walk over the whole text names', () => {
    const piece = fc.constantFrom(
      ...['1', '-1', '1e5', '0.5', '1234567890123456', '0.12345678901234567', 'true', 'null', '[]', '[[1]]'],
      ...[
        '"\\u0041"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '"\\u0000"',
        '"\\\\u0000"',
        '"\\""',
        '"\\\\"',
        '"é"',
        '"\u{1f600}"',
      ],
      ...[
        '{"a":1}',
        '{"a":1,"b":2}',
        '{"a":1,"a":2}',
        '{"\\u0061":1,"a":2}',
        '{"__proto__":1}',
        '{ "a:" : "{" }',
      ],
    );
    const texts = fc
      .tuple(fc.array(piece, { maxLength: 6 }), fc.constantFrom('x', 'y', '__proto__', 'a'), fc.boolean())
      .map(
        ([pieces, key, repeats]) => `{"x":[${pieces.join(' , ')}],"${key}":0${repeats ? `,"${key}":1` : ''}}`,
      );
    let sound = 0;
    const numRuns = 10_000;
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 4 }), (text, depth) => {
        const flaw = ambiguityOf(text, depth);
        const value: unknown = JSON.parse(text);
        const expected = flaw === null ? { ok: true, value } : { ok: false, flaw };
        expect(readStrictJson(new TextEncoder().encode(text), depth)).toEqual(expected);
        if (flaw === null) sound += 1;
      }),
      { numRuns },
    );
    expect(sound / numRuns).toBeGreaterThan(0.1);
    expect(sound / numRuns).toBeLessThan(0.9);
  });

  it('reads what the standard parser reads, or names a flaw', () => {
    const texts = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(texts, (text) => {
        const reading = read(text);
        if (reading.ok) expect(reading.value).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('repeatsKey', () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":1}',
    '[{"b":{"a":12345678901234567890,"c":"\\ud800","a":{}}}]',
  ])('finds a key twice in an object, whatever else is wrong: %s', (text) =>
    expect(repeatsKey(text)).toBe(true),
  );

  it.each(['{"a":1,"b":{"a":1},"c":"a"}', '[{"a":1},{"a":1}]', '["a","a"]', '{"A":1,"a":1}', '1'])(
    'finds none in %s',
    (text) => expect(repeatsKey(text)).toBe(false),
  );
});
