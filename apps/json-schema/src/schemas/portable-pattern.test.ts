import { describe, expect, it } from 'vitest';
import { portablePattern } from './portable-pattern.js';

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
