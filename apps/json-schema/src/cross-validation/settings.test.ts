import { expect, it } from 'vitest';
import { readSettings } from './settings.js';

it('reads the number of documents and the folder', () => {
  const words = ['--install', '--count', '10', '--seed', '7', '--schemas', 'elsewhere'];
  expect(readSettings(words)).toEqual({ install: true, count: 10, seed: 7, schemas: 'elsewhere' });
  expect(readSettings([])).toMatchObject({ install: false, count: 5_000 });
});

it.each([['--count', 'many'], ['--seed', '-1'], ['--colour']])('refuses %s %s', (...words) => {
  expect(() => readSettings(words)).toThrow();
});
