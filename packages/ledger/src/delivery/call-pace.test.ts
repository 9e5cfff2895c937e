import { describe, expect, it } from 'vitest';
import { CallPace } from './call-pace.js';

const kindsOf = (pace: CallPace | null, now: number) => pace?.open(now).map(({ kind }) => kind);

describe('CallPace', () => {
  it('is none where the provider sets none', () => {
    expect(CallPace.of({ concurrency: 1 })).toBeNull();
  });

  it('keeps a distance between calls of a kind, and none to the other kind', () => {
    const pace = CallPace.of({ submitsPerSecond: 0.5, pollsPerSecond: 4 });
    expect(kindsOf(pace, 0)).toEqual(['submit', 'poll']);
    pace?.begin('submit', 1_000);
    expect(kindsOf(pace, 1_000)).toEqual(['poll']);
    pace?.begin('poll', 1_000);
    expect(kindsOf(pace, 1_249)).toEqual([]);
    expect(pace?.msUntilOpen(1_100)).toBe(150);
    expect(pace?.msUntilRested(1_100)).toBe(1_900);
    expect(kindsOf(pace, 1_250)).toEqual(['poll']);
    expect(kindsOf(pace, 3_000)).toEqual(['poll', 'submit']);
  });

  it('paces one kind alone', () => {
    const pace = CallPace.of({ pollsPerSecond: 1 });
    pace?.begin('submit', 5);
    expect(pace?.open(5)).toEqual([
      { kind: 'poll', everyMs: 1_000 },
      { kind: 'submit', everyMs: null },
    ]);
  });
});
