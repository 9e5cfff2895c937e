import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandOf, runBatch } from './run-rounds.js';
import { sealed } from './target.js';

const target = (check: (number: number) => void) =>
  sealed({ name: 'numbers', input: fc.nat(100_000), check });

const failsFrom = target((number) => {
  if (number >= 1_000) throw new Error(`${number} is too much`);
});

describe('a batch', () => {
  it('counts what it checked while nothing is wrong', async () => {
    const { cases, finding } = await runBatch({ target: target(() => {}), seed: 1, milliseconds: 50 });
    expect(cases).toBeGreaterThan(100);
    expect(finding).toBeNull();
  });

  it('finds what is wrong and makes it as small as can be', async () => {
    const { finding } = await runBatch({ target: failsFrom, seed: 7, milliseconds: 5_000 });
    expect(finding).toMatchObject({
      target: 'numbers',
      seed: 7,
      input: '1000',
      violation: '1000 is too much',
    });
  });

  it('shows a finding again by its seed and path', async () => {
    const { finding } = await runBatch({ target: failsFrom, seed: 7, milliseconds: 5_000 });
    const path = finding?.path ?? undefined;
    const again = await runBatch({ target: failsFrom, seed: 7, milliseconds: 5_000, path });
    expect(again).toEqual({ cases: 1, finding });
    expect(finding && commandOf(finding)).toBe(`npm run fuzz -- --target numbers --seed 7 --path ${path}`);
  });

  it('finds an input that takes more time than a server may give it', async () => {
    const slow = target(() => {
      for (const until = performance.now() + 400; performance.now() < until; );
    });
    const { finding } = await runBatch({ target: slow, seed: 1, milliseconds: 100, mostCpuMs: 20 });
    expect(finding?.violation).toMatch(/^the case took \d+ ms of CPU time$/);
  });
});
