import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldId, isAffixed, isPlainNumber, relateIds, spellingsOf, twinsOf } from './fold-id.js';

describe('ids of payments', () => {
  it.each([
    ['00123', '123', 'folded'],
    ['123', '00123', 'folded'],
    ['123', '123.0', 'folded'],
    ['123000', '1.23e5', 'folded'],
    ['123', ' 123 ', 'folded'],
    ['12 3', '123', 'folded'],
    ['Order-7', 'ORDER-7', 'folded'],
    ['0', '000', 'folded'],
    ['123', '123', 'exact'],
    ['90071992547409931', '90071992547409930', 'near'],
    ['90071992547409931', '90071992547419930', 'other'],
    ['123', '1230', 'other'],
    ['0123', '0124', 'other'],
    ['12e5', '12e5', 'exact'],
    ['12e5', '12E5', 'folded'],
    ['12e5', '1200000', 'near'],
    ['4821e07', '4.821e10', 'near'],
    ['4821e07', '4821e08', 'other'],
    ['12e3', '1.200000e+04', 'near'],
    ['12000', '1.200000E+04', 'folded'],
    ['12000', '1.2E+004', 'folded'],
    ['12e003', '12000', 'near'],
    ['12001', '1.200000e+04', 'other'],
    ['1.5', '1.50', 'other'],
  ] as const)('%s and %s are %s', (ours, shown, relation) => {
    expect(relateIds(ours, shown)).toBe(relation);
  });

  it('fold every number to its digits, however long', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.nat(10), (number, zeros) => {
        const spelled = '0'.repeat(zeros) + String(number);
        expect(foldId(spelled)).toBe(String(number));
        expect(relateIds(spelled, String(number))).toBe(zeros === 0 ? 'exact' : 'folded');
        expect(relateIds(spelled, String(number + 10n ** 30n))).toBe('other');
      }),
    );
  });

  it('are asked for as they were sent, and as a number', () => {
    expect(spellingsOf('00123')).toEqual(['00123', '123']);
    expect(spellingsOf('123')).toEqual(['123']);
    expect(twinsOf('0123')).toEqual(expect.arrayContaining(['123', '00123']));
    expect(twinsOf('0123')).not.toContain('0123');
    expect(['123', '0'].every(isPlainNumber)).toBe(true);
    expect(['0123', '90071992547409931', 'a', ''].some(isPlainNumber)).toBe(false);
  });
});

describe('isAffixed', () => {
  it.each([
    ['764239789', 'shop-764239789'],
    ['764239789', '764239789-1'],
    ['764239789', '"764239789"'],
    ['764239789', 'shop 764239789/1'],
    ['764239789', '764,239,789'],
    ['12', '#12'],
    ['764239789', '239789'],
    ['order-7642', 'ORDER-76'],
  ])('sees %s in %s', (ours, shown) => {
    expect(isAffixed(ours, shown)).toBe(true);
  });

  it.each([
    ['764239789', '764239788'],
    ['764', '7642'],
    ['764239789', '789'],
    ['764239789', '64239'],
  ])('does not see %s in %s', (ours, shown) => {
    expect(isAffixed(ours, shown)).toBe(false);
  });
});
