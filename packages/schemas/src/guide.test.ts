import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, it } from 'vitest';
import * as schemas from './index.js';

const guide = readFileSync(new URL('../../../docs/guides/refunds-and-closings.md', import.meta.url), 'utf8');
const withoutLedger = guide.slice(guide.indexOf('## Without a ledger'));

it('the examples of the guide print what it says', () => {
  const source = [...withoutLedger.matchAll(/```ts\n([\s\S]*?)```/g)]
    .map(([, example = '']) => example)
    .join('\n');
  const expected = [...source.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
  const program = stripTypeScriptTypes(source.replace(/^import [^;]*;$/m, ''));
  const logged: string[] = [];
  const console = { log: (...values: unknown[]) => logged.push(values.map(String).join(' ')) };
  const names = Object.keys(schemas);
  new Function('console', ...names, program)(console, ...Object.values(schemas));
  expect(logged).toEqual(expected);
  expect(expected.length).toBeGreaterThan(10);
});
