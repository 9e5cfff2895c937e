import type { Finding, Reason, Verdict } from '@fiscalkit/client';
import { describe, expect, it } from 'vitest';
import { defaultDeliveryPolicy } from './delivery-policy.js';
import { type StepResult, type TransitionContext, transitionAfter } from './transition-after.js';

const reason: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const earlier: Reason = { code: 'provider.reset', message: 'Cut off.', outage: true };
const registration = { providerDocumentId: 'd', mark: null, link: null, details: {} };

const registered: Extract<Verdict, { kind: 'registered' }> = { kind: 'registered', registration };
const rejected: Extract<Verdict, { kind: 'rejected' }> = { kind: 'rejected', reason };
const pending: Extract<Verdict, { kind: 'pending' }> = { kind: 'pending', providerDocumentId: 'd' };
const retry: Verdict = { kind: 'retry', reason };
const unknown: Verdict = { kind: 'unknown', reason };

const fresh = { failures: 0, reason: null };
const finds = { deduplicatesBy: 'nothing', findsBy: 'content', settlesWithinMs: 15_000 } as const;
const absorbs = { deduplicatesBy: 'payment', findsBy: 'nothing', settlesWithinMs: 15_000 } as const;

function after(result: StepResult, given: Partial<TransitionContext> = {}) {
  return transitionAfter(result, {
    entry: fresh,
    capabilities: finds,
    sinceAttemptMs: 0,
    policy: defaultDeliveryPolicy,
    random: () => 0.5,
    ...given,
  });
}

const submit = (verdict: Verdict): StepResult => ({ step: 'submit', verdict });
const poll = (verdict: Verdict): StepResult => ({ step: 'poll', verdict });
const find = (finding: Finding | { kind: 'resend' }): StepResult => ({ step: 'find', finding });

describe('transitionAfter', () => {
  it.each([
    ['submit registered', submit(registered), { to: 'registered', dueInMs: null, failures: 0, registration }],
    ['submit rejected', submit(rejected), { to: 'rejected', dueInMs: null, failures: 0, reason }],
    [
      'submit rejected, and kept by the provider',
      submit({ ...rejected, providerDocumentId: 'd' }),
      { to: 'rejected', dueInMs: null, failures: 0, reason, providerDocumentId: 'd' },
    ],
    [
      'submit pending',
      submit(pending),
      { to: 'pending', dueInMs: 200, failures: 0, providerDocumentId: 'd' },
    ],
    ['submit retry', submit(retry), { to: 'accepted', dueInMs: 500, failures: 1, reason }],
    ['submit unknown', submit(unknown), { to: 'unknown', dueInMs: 100, failures: 1, reason }],
    ['poll registered', poll(registered), { to: 'registered', dueInMs: null, failures: 0, registration }],
    ['poll rejected', poll(rejected), { to: 'rejected', dueInMs: null, failures: 0, reason }],
    ['poll pending', poll(pending), { to: 'pending', dueInMs: 300, failures: 1, providerDocumentId: 'd' }],
    ['poll retry', poll(retry), { to: 'pending', dueInMs: 500, failures: 1, reason }],
    ['poll unknown', poll(unknown), { to: 'pending', dueInMs: 500, failures: 1, reason }],
    ['find unknown', find({ kind: 'unknown', reason }), { to: 'unknown', dueInMs: 500, failures: 1, reason }],
  ])('%s', (_name, result, expected) => {
    expect(after(result)).toEqual(expected);
  });

  it.each([registered, rejected, pending])('takes what was found for the verdict: $kind', (verdict) => {
    expect(after(find({ kind: 'found', verdict }))).toEqual(after(submit(verdict)));
  });

  it('obeys advice without jitter, within bounds', () => {
    const dueInMs = (retryAfterMs: number) =>
      after(submit({ kind: 'retry', reason, retryAfterMs }), { random: () => 0.9 }).dueInMs;
    expect(dueInMs(7_000)).toBe(7_000);
    expect(dueInMs(0)).toBe(100);
    expect(dueInMs(86_400_000)).toBe(600_000);
    expect(after(submit({ ...pending, pollAfterMs: 1_234 })).dueInMs).toBe(1_234);
    expect(after(find({ kind: 'unknown', reason, retryAfterMs: 3_000 })).dueInMs).toBe(3_000);
  });

  it('waits longer with every failure in a row, and never gives up', () => {
    const delays = [1, 2, 3, 1_000].map(
      (failures) => after(submit(retry), { entry: { failures, reason: earlier } }).dueInMs,
    );
    expect(delays).toEqual([1_000, 2_000, 4_000, 600_000]);
  });

  it('counts troubled and ordinary waiting apart', () => {
    const afterPolls = { entry: { failures: 12, reason: null } };
    expect(after(poll(unknown), afterPolls)).toMatchObject({ dueInMs: 500, failures: 1 });
    const afterTrouble = { entry: { failures: 12, reason: earlier } };
    expect(after(poll(pending), afterTrouble)).toMatchObject({ dueInMs: 300, failures: 1 });
  });

  it('slows the polls of a slow provider down to the cap', () => {
    const dueInMs = (failures: number) => after(poll(pending), { entry: { failures, reason: null } }).dueInMs;
    expect(dueInMs(1)).toBe(450);
    expect(dueInMs(500)).toBe(30_000);
  });

  describe('when a search found nothing', () => {
    const entry = { failures: 3, reason: earlier };

    it('does not believe it while the attempt may still be at work', () => {
      const transition = after(find({ kind: 'absent' }), { entry, sinceAttemptMs: 14_000 });
      expect(transition).toEqual({ to: 'unknown', dueInMs: 1_000, failures: 3, reason: earlier });
    });

    it('believes it afterwards, and goes on counting', () => {
      const transition = after(find({ kind: 'absent' }), { entry, sinceAttemptMs: 15_000 });
      expect(transition).toEqual({ to: 'accepted', dueInMs: 0, failures: 3, reason: earlier });
      expect(after(submit(unknown), { entry }).dueInMs).toBe(4_000);
    });
  });

  describe('with a provider that absorbs repeats and cannot be searched', () => {
    it('sends the same bytes again, ever more slowly', () => {
      const resent = after(find({ kind: 'resend' }), { capabilities: absorbs });
      expect(resent).toMatchObject({ to: 'accepted', dueInMs: 0 });
      const again = (failures: number) =>
        after(submit(unknown), {
          capabilities: absorbs,
          entry: { failures, reason: failures ? earlier : null },
        });
      expect([again(0), again(1), again(2)].map(({ dueInMs }) => dueInMs)).toEqual([500, 1_000, 2_000]);
    });
  });
});
