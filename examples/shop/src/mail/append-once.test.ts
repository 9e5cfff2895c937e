import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../shop.fixture.js';
import { appendOnce } from './append-once.js';

it('appends each line once, and leaves a torn one to itself', async () => {
  const path = join(newFolder(), 'lines');
  for (const line of ['one', 'two', 'one']) await appendOnce(path, line);
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  writeFileSync(path, 'one\ntw');
  await appendOnce(path, 'two');
  expect(readFileSync(path, 'utf8')).toBe('one\ntw\ntwo\n');
});
