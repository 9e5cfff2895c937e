import { describe, expect, it } from 'vitest';
import { portableNode, portablePattern } from './portable-schema.js';

describe('portableNode', () => {
  it('refuses a last line end where `$` alone would let it pass in some languages', () => {
    const decimal = portableNode({ type: 'string', pattern: '^\\d+$' }, '2020-12');
    expect(decimal).toEqual({ type: 'string', pattern: '^[0-9]+$', not: { pattern: '\\n' } });
    expect(portableNode({ pattern: '^\\d+[ \\n]*$' }, '2020-12')).not.toHaveProperty('not');
    expect(portableNode({ pattern: '[?&]t=' }, '2020-12')).not.toHaveProperty('not');
  });

  it('says one value as a list in draft-07, whose older validators know no `const`', () => {
    expect(portableNode({ const: 'a' }, '2020-12')).toEqual({ const: 'a' });
    expect(portableNode({ const: 'a' }, 'draft-07')).toEqual({ enum: ['a'] });
  });

  it('says many types as alternatives, and null beside one', () => {
    expect(portableNode({ type: ['string', 'null'] }, '2020-12')).toEqual({ type: ['string', 'null'] });
    expect(portableNode({ type: ['string', 'number'] }, '2020-12')).toEqual({
      anyOf: [{ type: 'string' }, { type: 'number' }],
    });
  });

  it('drops what some validators assert and some do not', () => {
    expect(portableNode({ type: 'string', format: 'date' }, '2020-12')).toEqual({ type: 'string' });
  });
});

describe('portablePattern', () => {
  it.each([
    ['^\\d{9}$', '^[0-9]{9}$'],
    ['^[\\da-f]+$', '^[0-9a-f]+$'],
    ['^https:\\/\\/x', '^https://x'],
    ['^\\+?(?:a|b)[^\\]\\\\]$', '^\\+?(?:a|b)[^\\]\\\\]$'],
    ['[\\s\\S]{0,3}', '[\\s\\S]{0,3}'],
    ['[^\\x00-,\\x7f]', '[^\\x00-,\\x7f]'],
  ])('writes %s as %s', (source, portable) => {
    expect(portablePattern(source)).toBe(portable);
    expect(portablePattern(portable)).toBe(portable);
  });

  it.each([
    '\\w',
    '\\s',
    '[\\s]',
    '\\bx',
    '\\p{L}',
    '(?=a)',
    '(?<!a)b',
    '(?<name>a)',
    '(a)\\1',
    '\\u00a0',
    '\\xff',
    '\\v',
  ])('refuses %s', (source) => {
    expect(() => portablePattern(source)).toThrow();
  });
});
