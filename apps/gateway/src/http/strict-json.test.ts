import { isFiscalError } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function codeOf(body: Uint8Array | undefined): string {
  try {
    parseStrictJson(body, 16);
    return 'accepted';
  } catch (error) {
    return isFiscalError(error) ? error.code : 'other';
  }
}

describe('parseStrictJson', () => {
  it.each([
    ['body.missing', ''],
    ['body.json.invalid', '{"a":1'],
    ['body.json.invalid', '{"a":0.1+0.2}'],
    ['body.json.depth', `${'['.repeat(17)}${']'.repeat(17)}`],
    ['body.json.depth', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['body.json.duplicate-key', '{"a":1,"a":1}'],
    ['body.json.duplicate-key', '{"x":[{"a":1,"b":{"a":2},"\\u0061":3}]}'],
    ['body.json.number', '{"a":1e400}'],
    ['body.json.number', '{"a":200.00000000000000001}'],
    [
      'accepted',
      '{"a":"a","b":["a","a",{"a":1}],"c":{"a":"\\"a\\":1,"},"d":50.00,"e":-0.5,"f":[true,null,false]}',
    ],
    ['body.json.number', '{"a":9007199254740993}'],
    ['body.json.number', '{"a":1e-400}'],
    ['body.json.number', `{"a":0.1${'0'.repeat(1_000_000)}1}`],
    ['body.json.text', '{"a":"\\ud800"}'],
    ['body.json.text', '{"a":"x\\u0000"}'],
    ['accepted', '{"a":[1e-2,5E-1,-2.5e-1,100e-2],"b":"\\u0434\\ud83d\\ude00"}'],
    [
      'accepted',
      '{"a":0.30000000000000004,"b":[2e2,200.000000000000000000,1E+2,0.00000000000000000000,-0e0]}',
    ],
    ['accepted', '{"a":{},"b":[],"c":"{\\"c\\":[[[["}'],
  ])('%s', (code, text) => {
    expect(codeOf(bytes(text))).toBe(code);
  });

  it('refuses what is not UTF-8', () => {
    expect(codeOf(Uint8Array.from([0x22, 0xff, 0x22]))).toBe('body.encoding');
  });

  it('never quotes the body', () => {
    try {
      parseStrictJson(bytes('{"email":"buyer@example.com"'), 16);
      expect.unreachable();
    } catch (error) {
      expect(String(isFiscalError(error) && error.message)).not.toContain('buyer');
    }
  });

  it('agrees with the standard parser on documents without such traps', () => {
    const document = fc.jsonValue({ maxDepth: 6 }).filter((value) => JSON.stringify(value) !== undefined);
    fc.assert(
      fc.property(document, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(
          value,
          (_, item) => (typeof item === 'number' ? Math.trunc(item % 1e9) : item),
          indent,
        );
        expect(parseStrictJson(bytes(text), 16)).toEqual(JSON.parse(text));
      }),
    );
  });
});
