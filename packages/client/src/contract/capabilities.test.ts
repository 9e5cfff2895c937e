import { describe, expect, it } from 'vitest';
import { capabilitiesFor, type ProviderCapabilities, unknownPlan } from './capabilities.js';

const hourMs = 3_600_000;

const usual = {
  deduplicatesBy: 'key',
  findsBy: 'nothing',
  asynchronous: true,
  settlesWithinMs: 300,
} as const;

const capabilities: ProviderCapabilities = {
  ...usual,
  operations: ['receipt', 'confirmation.anor'],
  formats: ['ru_1_2'],
  deduplicationWindowMs: hourMs,
  byOperation: {
    receipt: { findsBy: 'content' },
    sell_refund: { findsBy: 'reference', deduplicationWindowMs: Number.POSITIVE_INFINITY },
    'confirmation.anor': { deduplicatesBy: 'payment', asynchronous: false, settlesWithinMs: 5 },
  },
  limits: { concurrency: 1 },
};

describe('capabilitiesFor', () => {
  it('returns what holds for every operation that is not named', () => {
    expect(
      capabilitiesFor(capabilities, { operation: 'correction', operationType: 'sell_correction' }),
    ).toEqual({ ...usual, deduplicationWindowMs: hourMs });
    expect(capabilitiesFor(capabilities, { operation: 'constructor' })).toEqual({
      ...usual,
      deduplicationWindowMs: hourMs,
    });
  });

  it('goes by the operation, and first by the type of a receipt', () => {
    expect(capabilitiesFor(capabilities, { operation: 'confirmation.anor', operationType: null })).toEqual({
      deduplicatesBy: 'payment',
      findsBy: 'nothing',
      asynchronous: false,
      settlesWithinMs: 5,
      deduplicationWindowMs: hourMs,
    });
    expect(capabilitiesFor(capabilities, { operation: 'receipt', operationType: 'sell' })).toMatchObject({
      findsBy: 'content',
      deduplicationWindowMs: hourMs,
    });
    expect(capabilitiesFor(capabilities, { operation: 'receipt', operationType: 'sell_refund' })).toEqual({
      ...usual,
      findsBy: 'reference',
    });
  });

  it('compares nothing from a margin before the end of the window on', () => {
    const at = (sinceFirstAttemptMs: number, windowMs: number) =>
      capabilitiesFor(
        { ...capabilities, deduplicationWindowMs: windowMs },
        { operation: 'confirmation.anor' },
        sinceFirstAttemptMs,
      ).deduplicatesBy;
    const settlesMs = 5;
    expect(at(0.9 * hourMs - settlesMs - 1, hourMs)).toBe('payment');
    expect(at(0.9 * hourMs - settlesMs, hourMs)).toBe('nothing');
    expect(at(23 * hourMs - settlesMs - 1, 24 * hourMs)).toBe('payment');
    expect(at(23 * hourMs - settlesMs, 24 * hourMs)).toBe('nothing');
    expect(at(1e15, Number.POSITIVE_INFINITY)).toBe('payment');
  });
});

describe('unknownPlan', () => {
  it.each([
    ['find', 'reference', 'nothing'],
    ['find', 'content', 'key'],
    ['resend', 'nothing', 'key'],
    ['resend', 'nothing', 'payment'],
    ['person', 'nothing', 'nothing'],
  ] as const)('is %s when found by %s and de-duplicated by %s', (plan, findsBy, deduplicatesBy) => {
    expect(unknownPlan({ findsBy, deduplicatesBy })).toBe(plan);
  });

  it.each([
    ['resend', 'content', 0],
    ['find', 'content', hourMs],
    ['resend', 'nothing', 0],
    ['person', 'nothing', hourMs],
  ] as const)('of a window is %s when found by %s, %i ms after the first attempt', (plan, findsBy, ms) => {
    const provider = { ...capabilities, byOperation: {}, findsBy };
    expect(unknownPlan(capabilitiesFor(provider, { operation: 'receipt' }, ms))).toBe(plan);
  });
});
