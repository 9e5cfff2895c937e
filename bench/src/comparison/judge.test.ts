import { expect, test } from 'vitest';
import { judge } from './judge.js';

const contestants = [
  { name: 'one', samples: [4, 1, 3, 2, 5] },
  { name: 'two', samples: [6, 6, 6, 9] },
];
const comparison = { what: 'anything', unit: 'µs', contestants, bar: null };

test('median, p90 and spread of each contestant, and its ratio to the first', () => {
  const [one, two] = judge('row', comparison).figures;
  expect(one).toMatchObject({ samples: 5, median: 3, ratio: 1 });
  expect(one?.p90).toBeCloseTo(4.6);
  expect(one?.spread).toBeCloseTo(2 / 3);
  expect(two).toMatchObject({ samples: 4, median: 6, ratio: 2 });
});

test.each([
  ['at most', 2, true],
  ['at most', 1.9, false],
  ['at least', 2, true],
  ['at least', 2.1, false],
] as const)('%s %d: %s', (kind, ratio, met) => {
  expect(judge('row', { ...comparison, bar: { kind, ratio } }).met).toBe(met);
});

test('without samples no bar is met', () => {
  const empty = { ...comparison, contestants: [], bar: { kind: 'at most', ratio: 1 } } as const;
  expect(judge('row', empty).met).toBe(false);
});
