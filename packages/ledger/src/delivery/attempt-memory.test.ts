import { describe, expect, it } from 'vitest';
import type { Claim } from '../store/ledger-store.js';
import { newEntry } from '../store/new-entry.fixture.js';
import { AttemptMemory } from './attempt-memory.js';

const startWithinMs = 2_000;
const noon = Date.parse('2026-03-10T12:00:00Z');
const hourMs = 3_600_000;

const lastAttemptAt = new Date(noon);

/** A claim for a search, so long after the attempt by the store's clock. */
function searchAfter(storeMs: number, attempts = 1): Claim {
  const entry = { ...newEntry({ id: 'entry' }), attempts, lastAttemptAt };
  return { entry, claimedAt: new Date(noon + storeMs), step: 'find', fence: 2 } as unknown as Claim;
}

/** A claim so long after the first attempt by the store's clock. */
function claimAfter(storeMs: number, firstAttemptAt: Date | null = lastAttemptAt): Claim {
  const { entry, ...claim } = searchAfter(storeMs);
  return { ...claim, entry: { ...entry, firstAttemptAt, acceptedAt: lastAttemptAt } };
}

describe('the age of a first attempt', () => {
  it('is what the store takes for the time, and not less than this process has seen pass', () => {
    const memory = new AttemptMemory();
    expect(memory.sinceFirstAttemptMs(claimAfter(hourMs), 1_000)).toBe(hourMs);
    expect(memory.sinceFirstAttemptMs(claimAfter(2 * hourMs), 2_000)).toBe(2 * hourMs);
    expect(memory.sinceFirstAttemptMs(claimAfter(-hourMs), 61_000)).toBe(hourMs + 60_000);
  });

  it('counts anew for another first attempt, and when it was forgotten', () => {
    const memory = new AttemptMemory();
    memory.sinceFirstAttemptMs(claimAfter(hourMs), 1_000);
    expect(memory.sinceFirstAttemptMs(claimAfter(hourMs, new Date(noon + hourMs)), 9_000)).toBe(0);
    memory.forgetFirst({ id: 'entry' });
    expect(memory.sinceFirstAttemptMs(claimAfter(10), 10_000)).toBe(10);
    expect(memory.sinceFirstAttemptMs(claimAfter(10, null), 10_000)).toBe(10);
  });
});

describe('AttemptMemory', () => {
  it('knows the age of its own attempts, whatever the store takes for the time', () => {
    const memory = new AttemptMemory();
    memory.begin({ id: 'entry', attempts: 1, lastAttemptAt }, 1_000);
    for (const storeMs of [-hourMs, 10, hourMs]) {
      expect(memory.sinceAttemptMs(searchAfter(storeMs), startWithinMs, 1_700)).toBe(700);
    }
  });

  it('counts an attempt of another from the first meeting, whatever the store takes for the time', () => {
    for (const storeMs of [-hourMs, 10, hourMs]) {
      const memory = new AttemptMemory();
      expect(memory.sinceAttemptMs(searchAfter(storeMs), startWithinMs, 1_000)).toBe(-startWithinMs);
      expect(memory.sinceAttemptMs(searchAfter(storeMs), startWithinMs, 18_000)).toBe(15_000);
    }
  });

  it('counts anew for a later attempt, and forgets what is over', () => {
    const memory = new AttemptMemory();
    memory.sinceAttemptMs(searchAfter(0), startWithinMs, 1_000);
    expect(memory.sinceAttemptMs(searchAfter(0, 2), startWithinMs, 9_000)).toBe(-startWithinMs);
    memory.forget({ id: 'entry', attempts: 2 });
    expect(memory.sinceAttemptMs(searchAfter(0, 2), startWithinMs, 9_500)).toBe(-startWithinMs);
  });

  it('takes the word of the store for what only a lost ledger can have sent, less what a call begins late', () => {
    const sinceMs = new AttemptMemory().sinceAttemptMs(searchAfter(hourMs, 0), startWithinMs, 1_000);
    expect(sinceMs).toBe(hourMs - startWithinMs);
  });

  it('counts anew when the ledger has gone back in time since, and counts its attempts anew', () => {
    const own = new AttemptMemory();
    own.begin({ id: 'entry', attempts: 1, lastAttemptAt: new Date(noon - hourMs) }, 1_000);
    expect(own.sinceAttemptMs(searchAfter(0), startWithinMs, 90_000)).toBe(-startWithinMs);
    const another = new AttemptMemory();
    const before = searchAfter(0);
    const { entry } = before;
    another.sinceAttemptMs(
      { ...before, entry: { ...entry, lastAttemptAt: new Date(noon - hourMs) } },
      0,
      1_000,
    );
    expect(another.sinceAttemptMs(before, startWithinMs, 90_000)).toBe(-startWithinMs);
  });

  it('keeps a later attempt when an earlier one is over, whose worker had lost its lease', () => {
    const memory = new AttemptMemory();
    memory.begin({ id: 'entry', attempts: 2, lastAttemptAt }, 60_000);
    memory.forget({ id: 'entry', attempts: 1 });
    expect(memory.sinceAttemptMs(searchAfter(hourMs, 2), startWithinMs, 60_500)).toBe(500);
  });
});
