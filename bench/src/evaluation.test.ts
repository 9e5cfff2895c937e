import { expect, test } from 'vitest';
import type { Threshold } from './benchmark.js';
import { evaluate } from './evaluation.js';

const candidates = [
  { name: 'one', samples: [4, 1, 3, 2, 5] },
  { name: 'two', samples: [6, 6, 6, 9] },
  { name: 'three', samples: [2] },
];
const comparison = { what: 'anything', unit: 'µs', candidates, thresholds: [] };

test('median, p90 and spread of each candidate, and its ratio to the first', () => {
  const [one, two] = evaluate('benchmark', comparison).figures;
  expect(one).toMatchObject({ samples: 5, median: 3, ratio: 1 });
  expect(one?.p90).toBeCloseTo(4.6);
  expect(one?.spread).toBeCloseTo(2 / 3);
  expect(two).toMatchObject({ samples: 4, median: 6, ratio: 2 });
});

test.each<[Threshold, number, boolean]>([
  [{ kind: 'at most', ratio: 2, of: 'two', to: ['one'] }, 2, true],
  [{ kind: 'at most', ratio: 1.9, of: 'two', to: ['one'] }, 2, false],
  [{ kind: 'at least', ratio: 2, of: 'two', to: ['one'] }, 2, true],
  [{ kind: 'at least', ratio: 2.1, of: 'two', to: ['one'] }, 2, false],
  // The best of several: the least where less is better, the most where more is.
  [{ kind: 'at most', ratio: 2, of: 'two', to: ['one', 'three'] }, 3, false],
  [{ kind: 'at least', ratio: 2, of: 'two', to: ['one', 'three'] }, 2, true],
  [{ kind: 'at most', value: 6, of: 'two' }, 6, true],
  [{ kind: 'at least', value: 6.5, of: 'two' }, 6, false],
])('%j: %d, %s', (threshold, reached, met) => {
  expect(evaluate('benchmark', { ...comparison, thresholds: [threshold] }).thresholds).toEqual([
    { threshold, reached, met },
  ]);
});

test.each<Threshold>([
  { kind: 'at most', ratio: 1, of: 'nobody', to: ['one'] },
  { kind: 'at least', ratio: 0, of: 'one', to: ['one', 'nobody'] },
  { kind: 'at most', value: 1, of: 'nobody' },
])('a threshold for a candidate that is missing is not met: %j', (threshold) => {
  expect(evaluate('benchmark', { ...comparison, thresholds: [threshold] }).thresholds).toMatchObject([
    { met: false },
  ]);
});
