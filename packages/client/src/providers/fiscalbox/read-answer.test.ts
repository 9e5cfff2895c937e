import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.js';

function read(text: string): unknown {
  return readAnswer(new TextEncoder().encode(text));
}

describe('readAnswer', () => {
  it('reads what JSON.parse reads, but for numbers that would lose digits', () => {
    const lossless = fc.json().filter((text) => !/\d{16}|\de/i.test(text));
    fc.assert(
      fc.property(lossless, (text) => {
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"id":90071992547409931}', { id: '90071992547409931' }],
    ['{"id":-90071992547409931}', { id: '-90071992547409931' }],
    ['[9007199254740991,1.5,1e3]', [9007199254740991, 1.5, 1000]],
    ['{"a\\"":"b\\":","c" : ["d:", {"e":"\\\\"}]}', { 'a"': 'b":', c: ['d:', { e: '\\' }] }],
    ['{"__proto__":{"a":1}}', JSON.parse('{"__proto__":{"a":1}}')],
  ])('reads %s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    '',
    '{',
    '{"a":1,"a":1}',
    '{"error":-5017,"error":null}',
    '{"a":{"status":"failed","\\u0073tatus":"success"}}',
    '[{"a":{},"a" : {}}]',
    '['.repeat(200_000) + ']'.repeat(200_000),
  ])('reads nothing from %.40s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('reads nothing from what is not UTF-8', () => {
    expect(readAnswer(Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined();
  });
});
