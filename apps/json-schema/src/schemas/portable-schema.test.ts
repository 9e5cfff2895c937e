import { describe, expect, it } from 'vitest';
import { portableNode } from './portable-node.js';

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
