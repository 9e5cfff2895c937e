import { expect, it } from 'vitest';
import { newEntry } from '../store/new-entry.fixture.js';
import { saleDependency } from './sale-dependency.js';

function receipt(operationType: string | null, types: readonly string[] = ['cash']) {
  return newEntry({
    facets: { paymentId: '1', operationType, totalMinor: 500 },
    document: { settlements: types.map((type) => ({ type, sum: 5 })) },
  });
}

it.each([
  ['sell', ['cash'], null],
  ['sell', ['cash', 'prepayment'], 'sell'],
  ['sell', ['postpayment'], null],
  ['sell_refund', ['cash'], 'sell'],
  ['sell_refund', ['prepayment'], 'sell'],
  ['buy', ['cash'], null],
  ['buy', ['prepayment'], 'buy'],
  ['buy_refund', ['cash'], 'buy'],
  ['sell_correction', ['prepayment'], null],
] as const)('tells what a %s that is settled by %j depends on: %s', (operationType, types, expected) => {
  expect(saleDependency(receipt(operationType, types))).toBe(expected);
});

it('tells that a document without settlements and a confirmation depend on nothing', () => {
  expect(saleDependency(newEntry({ document: { settlements: null } }))).toBeNull();
  expect(saleDependency({ ...receipt(null), operation: 'confirmation.anor' })).toBeNull();
});
