import { describe, expect, it } from 'vitest';
import { ledgerUnavailable } from '../errors.js';
import { GroupedCalls } from './grouped-calls.js';

function numbered(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

describe('GroupedCalls', () => {
  it('lets simultaneous calls share one, and those that come meanwhile the next', async () => {
    const sizes: number[] = [];
    const calls = new GroupedCalls<number, number>(async (items) => {
      sizes.push(items.length);
      if (sizes.length === 1) later.push(...numbered(5).map((item) => calls.run(item)));
      return items.map((item) => item * 2);
    });
    const later: Promise<number>[] = [];
    expect(await Promise.all(numbered(30).map((item) => calls.run(item)))).toEqual(
      numbered(30).map((item) => item * 2),
    );
    expect(await Promise.all(later)).toEqual([0, 2, 4, 6, 8]);
    await calls.settled();
    expect(sizes).toEqual([30, 5]);
  });

  it('splits what is too much for one call', async () => {
    const sizes: number[] = [];
    const calls = new GroupedCalls<number, number>(async (items) => {
      sizes.push(items.length);
      return items;
    });
    await Promise.all(numbered(250).map((item) => calls.run(item)));
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('lets an item that fails spoil nothing but itself', async () => {
    const calls = new GroupedCalls<number, number>(async (items) => {
      if (items.includes(1)) throw new Error('one is taken');
      return items;
    });
    const outcomes = await Promise.allSettled(numbered(3).map((item) => calls.run(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails every item when the database is out of reach, without another try', async () => {
    let tries = 0;
    const calls = new GroupedCalls<number, number>(async () => {
      tries += 1;
      throw ledgerUnavailable(new Error('gone'));
    });
    const outcomes = await Promise.allSettled(numbered(3).map((item) => calls.run(item)));
    expect(outcomes).toMatchObject(Array(3).fill({ reason: { code: 'ledger.unavailable' } }));
    expect(tries).toBe(1);
  });
});
