import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SliceTurns } from './list-connections.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Slices that end when they are told to; what began, in order. */
function openTurns(atOnce: number) {
  const turns = new SliceTurns(atOnce);
  const began: string[] = [];
  const ends = new Map<string, (failure?: Error) => void>();
  const run = (name: string) =>
    turns.run(() => {
      began.push(name);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (failure) => (failure ? reject(failure) : resolve(name)));
      });
    });
  return { began, ends, run };
}

it('no more slices than places are read at the same time, in the order of asking', async () => {
  const { began, ends, run } = openTurns(2);
  const slices = ['a', 'b', 'c', 'd'].map(run);
  await turn();
  expect(began).toEqual(['a', 'b']);
  ends.get('b')?.();
  await slices[1];
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toEqual(['a', 'b', 'c']);
});

it('a place rests for as long as its slice took, after the answer', async () => {
  const { began, ends, run } = openTurns(1);
  const first = run('a');
  run('b');
  await turn();
  await vi.advanceTimersByTimeAsync(40);
  ends.get('a')?.();
  expect(await first).toBe('a');
  await vi.advanceTimersByTimeAsync(39);
  expect(began).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toEqual(['a', 'b']);
});

it('a slice that took long is no reason to rest for long', async () => {
  const { began, ends, run } = openTurns(1);
  run('a');
  run('b');
  await turn();
  await vi.advanceTimersByTimeAsync(5_000);
  ends.get('a')?.();
  await vi.advanceTimersByTimeAsync(250);
  expect(began).toEqual(['a', 'b']);
});

it('a slice that fails gives its place back', async () => {
  const { began, ends, run } = openTurns(1);
  const failed = run('a');
  run('b');
  await turn();
  ends.get('a')?.(new Error('the server is gone'));
  await expect(failed).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toEqual(['a', 'b']);
});
