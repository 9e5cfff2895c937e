import type { Finding, Reason, Verdict } from '@fiscalkit/client';
import { describe, expect, it } from 'vitest';
import { type StepResult, type TransitionContext, transitionAfter } from './after-step.js';
import { leaseLostReason } from './doubt.js';
import { defaultDeliveryPolicy } from './retry-policy.js';

const reason: Reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const earlier: Reason = { code: 'provider.reset', message: 'Cut off.', outage: true };
const registration = { providerDocumentId: 'd', mark: null, link: null, details: {} };

const registered: Extract<Verdict, { kind: 'registered' }> = { kind: 'registered', registration };
const rejected: Extract<Verdict, { kind: 'rejected' }> = { kind: 'rejected', reason };
const pending: Extract<Verdict, { kind: 'pending' }> = { kind: 'pending', providerDocumentId: 'd' };
const retry: Verdict = { kind: 'retry', reason };
const unknown: Verdict = { kind: 'unknown', reason };

const doubtReason: Reason = { code: 'provider.doubtful', message: 'Something is there.' };
const repeat: Reason = { ...earlier, earlierUnknown: true };

const fresh = { failures: 0, reason: null, attempts: 1, providerDocumentId: null, reissues: 0 };
const doubtful = { ...fresh, failures: 4, reason: doubtReason };
const finds = { deduplicatesBy: 'nothing', findsBy: 'content', settlesWithinMs: 15_000 } as const;
const absorbs = { deduplicatesBy: 'payment', findsBy: 'nothing', settlesWithinMs: 15_000 } as const;

type Given = Partial<Omit<TransitionContext, 'entry'>> & {
  readonly entry?: Partial<TransitionContext['entry']>;
};

function after(result: StepResult, { entry, ...given }: Given = {}) {
  return transitionAfter(result, {
    entry: { ...fresh, ...entry },
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

  it.each([
    ['searched', finds, 100],
    ['sent again', { ...finds, deduplicatesBy: 'key', findsBy: 'nothing' }, 500],
    ['sent again', { ...finds, deduplicatesBy: 'key', deduplicationWindowMs: 60_000 }, 500],
  ] as const)(
    'is %s soon after the first doubt, however often nothing was sent before',
    (_, capabilities, dueInMs) => {
      const afterOutage = { capabilities, entry: { failures: 12, reason: earlier, attempts: 13 } };
      expect(after(submit(unknown), afterOutage)).toMatchObject({ to: 'unknown', dueInMs, failures: 1 });
      const again = { capabilities, entry: { failures: 3, reason: repeat, attempts: 14 } };
      expect(after(submit(unknown), again)).toMatchObject({ to: 'unknown', dueInMs: 4_000, failures: 4 });
    },
  );

  it('goes on counting where a repeat leaves no trace', () => {
    const given = { capabilities: absorbs, entry: { failures: 3, reason: earlier, attempts: 4 } };
    expect(after(submit(unknown), given)).toMatchObject({ dueInMs: 4_000, failures: 4 });
  });

  it('keeps why what is done still counts as pending, and asks ever more slowly', () => {
    const unproven: Verdict = { ...pending, reason: earlier };
    const first = after(poll(unproven), { entry: { failures: 3 } });
    expect(first).toMatchObject({ to: 'pending', reason: earlier, failures: 4 });
    const again = after(poll(unproven), { entry: { failures: 4, reason: earlier } });
    expect(again).toMatchObject({ to: 'pending', reason: earlier, failures: 5 });
    const repeated = after(poll(unproven), { entry: { attempts: 2, reason: repeat } });
    expect(repeated.reason).toEqual(repeat);
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
      expect(transition).toEqual({ to: 'accepted', dueInMs: 0, failures: 3, reason: repeat });
      expect(after(submit(unknown), { entry: { ...entry, reason: repeat } }).dueInMs).toBe(4_000);
    });
  });

  describe('when the provider has something that could be the document', () => {
    const { candidates } = { candidates: [{ providerDocumentId: 'c', differs: ['positions.name'] }] };
    const verdict = { kind: 'doubtful', reason: { ...doubtReason, candidates } } as const;

    it.each([submit(verdict), poll(verdict), find(verdict)])('waits for a person after $step', (result) => {
      expect(after(result)).toEqual({ to: 'unknown', dueInMs: 500, failures: 1, reason: verdict.reason });
    });

    it('keeps the id that the provider gave', () => {
      const known = { ...verdict, providerDocumentId: 'd' };
      expect(after(poll(known))).toMatchObject({ to: 'unknown', providerDocumentId: 'd' });
    });

    it('looks again ever more slowly, and never sends by itself, whatever the search shows later', () => {
      const absent = (failures: number) =>
        after(find({ kind: 'absent' }), { entry: { ...doubtful, failures }, sinceAttemptMs: 86_400_000 });
      expect(absent(1)).toEqual({ to: 'unknown', dueInMs: 1_000, failures: 2, reason: doubtReason });
      expect(absent(1_000)).toMatchObject({ to: 'unknown', dueInMs: 600_000 });
    });

    it('stays in doubt when a search meets trouble', () => {
      const transition = after(find({ kind: 'unknown', reason, retryAfterMs: 7_000 }), { entry: doubtful });
      expect(transition).toEqual({ to: 'unknown', dueInMs: 7_000, failures: 5, reason: doubtReason });
    });

    it.each([registered, rejected, pending])('is settled by what is found: $kind', (found) => {
      expect(after(find({ kind: 'found', verdict: found }), { entry: doubtful })).toEqual(
        after(submit(found)),
      );
    });

    it('doubts the absence of what the provider gave an id to', () => {
      const entry = { reason: earlier, providerDocumentId: 'd' };
      const transition = after(find({ kind: 'absent' }), { entry, sinceAttemptMs: 86_400_000 });
      expect(transition).toMatchObject({ to: 'unknown', reason: { code: 'provider.doubtful' } });
    });
  });

  describe('when the provider does not know the id that it gave', () => {
    it.each(['provider.not-found', 'provider.mismatch'])(
      'waits until the attempt has settled: %s',
      (code) => {
        const forgotten = poll({ kind: 'unknown', reason: { ...reason, code, httpStatus: 404 } });
        const entry = { providerDocumentId: 'd' };
        expect(after(forgotten, { entry, sinceAttemptMs: 15_000 })).toMatchObject({
          to: 'pending',
          reason: { code },
        });
        expect(after(forgotten, { entry, sinceAttemptMs: 15_001 })).toEqual({
          to: 'unknown',
          dueInMs: 500,
          failures: 1,
          reason: { code: 'provider.doubtful', message: expect.any(String), httpStatus: 404 },
        });
      },
    );

    it('asks on while the provider is in trouble', () => {
      expect(after(poll(unknown), { sinceAttemptMs: 86_400_000 })).toMatchObject({ to: 'pending' });
    });
  });

  describe('when a repeat is refused after an attempt that was never found out', () => {
    const refused = {
      kind: 'rejected',
      reason: { ...reason, code: 'provider.rejected', providerCode: '7' },
    } as const;
    const inDoubt = {
      to: 'unknown',
      reason: { code: 'provider.doubtful', providerCode: '7', earlierUnknown: true },
    };

    it.each([submit(refused), poll(refused), find({ kind: 'found', verdict: refused })])(
      'searches, and holds the entry for a person: $step',
      (result) => {
        const transition = after(result, { entry: { attempts: 2, reason: repeat } });
        expect(transition).toMatchObject(inDoubt);
        expect(transition).not.toHaveProperty('providerDocumentId');
      },
    );

    it('holds it for a person, too, when the repeat is in conflict with something', () => {
      const conflict = submit({ kind: 'unknown', reason: { ...reason, code: 'provider.conflict' } });
      expect(after(conflict, { entry: { attempts: 2, reason: repeat } })).toMatchObject({
        to: 'unknown',
        reason: { code: 'provider.doubtful', earlierUnknown: true },
      });
      expect(after(conflict)).toMatchObject({ to: 'unknown', reason: { code: 'provider.conflict' } });
    });

    it('looks again before the next sending when a repeat is turned away, and keeps the wait', () => {
      const entry = { attempts: 2, reason: repeat, failures: 1 };
      const turnedAway = submit({ kind: 'retry', reason, retryAfterMs: 7_000 });
      expect(after(turnedAway, { entry })).toEqual({
        to: 'unknown',
        dueInMs: 7_000,
        failures: 2,
        reason: { ...reason, earlierUnknown: true },
      });
      expect(after(submit(retry), { entry: { attempts: 2, reason: leaseLostReason } }).to).toBe('unknown');
      expect(after(submit(retry), { entry: { attempts: 2, reason: earlier } }).to).toBe('accepted');
      const unconfigured = { deduplicatesBy: 'nothing', findsBy: 'nothing', settlesWithinMs: 0 } as const;
      expect(after(submit(retry), { entry, capabilities: unconfigured })).toMatchObject({
        to: 'unknown',
        reason: { earlierUnknown: true },
      });
    });

    it('remembers the attempt over refusals to take it, over trouble, over pending, and over a lost lease', () => {
      const entry = { attempts: 2, reason: repeat };
      for (const result of [submit(retry), submit(unknown), submit(pending), poll(pending), poll(unknown)]) {
        expect(after(result, { entry }).reason).toMatchObject({ earlierUnknown: true });
      }
      const lost = { attempts: 2, reason: leaseLostReason };
      expect(after(find({ kind: 'found', verdict: refused }), { entry: lost })).toMatchObject(inDoubt);
      expect(after(find({ kind: 'found', verdict: refused }), { entry: { ...lost, attempts: 1 } }).to).toBe(
        'rejected',
      );
    });

    it('takes no rejected document that is found for the outcome of what a restored ledger has forgotten', () => {
      const entry = { attempts: 0, reason: { code: 'ledger.restored', message: 'From an older copy.' } };
      const found = find({ kind: 'found', verdict: { ...refused, providerDocumentId: 'other' } });
      const transition = after(found, { entry });
      expect(transition).toMatchObject(inDoubt);
      expect(transition).not.toHaveProperty('providerDocumentId');
      const troubled = after(find({ kind: 'unknown', reason: earlier }), { entry });
      expect(troubled.reason).toEqual(repeat);
      expect(after(found, { entry: { ...entry, reason: repeat } })).toMatchObject(inDoubt);
      for (const verdict of [registered, pending]) {
        expect(after(find({ kind: 'found', verdict }), { entry })).toEqual(after(submit(verdict)));
      }
      expect(after(found, { entry, capabilities: absorbs }).to).toBe('rejected');
    });

    it('asks a repeat that is pending as often as any other', () => {
      const { reason: noted, ...first } = after(submit(pending), { entry: { attempts: 2, reason: repeat } });
      expect(first).toEqual(after(submit(pending)));
      const again = { attempts: 2, failures: 1, reason: noted ?? null };
      expect(after(poll(pending), { entry: again }).dueInMs).toBe(
        after(poll(pending), { entry: { failures: 1 } }).dueInMs,
      );
    });

    it('forgets it with the registration', () => {
      expect(after(submit(registered), { entry: { attempts: 2, reason: repeat } })).toEqual(
        after(submit(registered)),
      );
    });

    it.each([
      ['was turned away before', finds, earlier],
      ['was never sent before', finds, null],
      ['goes to a provider that absorbs repeats', absorbs, repeat],
      ['goes to a provider that knows it by a key', { ...finds, deduplicatesBy: 'key' } as const, repeat],
    ])('believes the refusal of what %s', (_, capabilities, known) => {
      const transition = after(submit(refused), { capabilities, entry: { attempts: 2, reason: known } });
      expect(transition).toMatchObject({ to: 'rejected', reason: refused.reason });
    });
  });

  describe('when only the reference is used up', () => {
    const burnt = { ...rejected, reissue: true, providerDocumentId: 'd' } as const;
    const reissue = { number: 1, reference: 'entry-2', body: new Uint8Array([1]) };
    const { outage: _outage, ...lasting } = reason;

    it.each([submit(burnt), poll(burnt), find({ kind: 'found', verdict: burnt })])(
      'sends the document under the next one, by and by, whatever outages end: $step',
      (result) => {
        expect(after(result, { reissue })).toEqual({
          to: 'accepted',
          dueInMs: 5_000,
          failures: 0,
          reason: lasting,
          unsent: true,
          reissue,
        });
        expect(after(result, { reissue: { ...reissue, number: 3 } }).dueInMs).toBe(20_000);
        expect(after(result, { reissue: { ...reissue, number: 100 } }).dueInMs).toBe(1_800_000);
      },
    );

    it('gives up after many, where none can be made, and where the provider does not say so', () => {
      const last = { to: 'rejected', providerDocumentId: 'd', reason };
      expect(after(poll(burnt), { reissue: { ...reissue, number: 201 } })).toMatchObject(last);
      expect(after(poll(burnt))).toMatchObject(last);
      expect(after(poll(rejected), { reissue }).to).toBe('rejected');
    });

    it('gives way to doubt: an earlier attempt may have made a document of its own', () => {
      const transition = after(submit(burnt), { reissue, entry: { attempts: 2, reason: repeat } });
      expect(transition).toMatchObject({ to: 'unknown', reason: { code: 'provider.doubtful' } });
      expect(transition).not.toHaveProperty('reissue');
    });

    it('waits until no earlier attempt under that reference can be under way', () => {
      const knows = { deduplicatesBy: 'key', findsBy: 'nothing', settlesWithinMs: 15_000 } as const;
      const given = { reissue, capabilities: knows };
      expect(after(submit(burnt), { ...given, entry: { attempts: 2, reason: repeat } }).to).toBe('unknown');
      const settled = { ...repeat, repeat: 'settled' } as const;
      expect(after(submit(burnt), { ...given, entry: { attempts: 3, reason: settled } }).to).toBe('accepted');
    });
  });

  describe('with a provider that recognises a repeat by its key', () => {
    const knows = { deduplicatesBy: 'key', findsBy: 'nothing', settlesWithinMs: 15_000 } as const;
    const resend = find({ kind: 'resend' });
    const refused = { kind: 'rejected', reason: { ...reason, code: 'provider.rejected' } } as const;

    it('sends the bytes again at once, and remembers whether the attempts before have settled', () => {
      const resent = (sinceAttemptMs: number) =>
        after(resend, { capabilities: knows, sinceAttemptMs, entry: { reason: earlier } });
      expect(resent(14_999)).toEqual({ to: 'accepted', dueInMs: 0, failures: 0, reason: repeat });
      expect(resent(15_000).reason).toEqual({ ...repeat, repeat: 'settled' });
    });

    it('takes the refusal of a repeat for both only when nothing before it can still be under way', () => {
      const early = { capabilities: knows, entry: { attempts: 2, failures: 1, reason: repeat } };
      const reported = { ...refused.reason, earlierUnknown: true, repeat: 'refused' } as const;
      expect(after(submit(refused), early)).toEqual({
        to: 'unknown',
        dueInMs: 15_000,
        failures: 1,
        reason: reported,
      });
      const waits = { capabilities: knows, entry: { attempts: 2, reason: reported } };
      expect(after(resend, { ...waits, sinceAttemptMs: 14_000 })).toEqual({
        to: 'unknown',
        dueInMs: 1_000,
        failures: 0,
        reason: reported,
      });
      const confirmed = after(resend, { ...waits, sinceAttemptMs: 15_000 });
      expect(confirmed).toMatchObject({ to: 'accepted', reason: { repeat: 'settled' } });
      const last = { capabilities: knows, entry: { attempts: 3, reason: confirmed.reason ?? null } };
      expect(after(submit(refused), last)).toMatchObject({ to: 'rejected', reason: refused.reason });
      expect(after(submit(pending), last)).toMatchObject({ to: 'pending', providerDocumentId: 'd' });
    });

    it('decides anew when a repeat is turned away', () => {
      const entry = { attempts: 2, reason: { ...repeat, repeat: 'settled' } as const };
      const turnedAway = after(submit(retry), { capabilities: knows, entry });
      expect(turnedAway).toMatchObject({ to: 'unknown', reason: { ...reason, earlierUnknown: true } });
      expect(turnedAway.reason).not.toHaveProperty('repeat');
    });

    it('never sends again what is doubtful', () => {
      const transition = after(resend, { capabilities: knows, entry: doubtful, sinceAttemptMs: 86_400_000 });
      expect(transition).toMatchObject({ to: 'unknown', reason: doubtReason });
    });

    it.each([undefined, true] as const)(
      'believes no failure of what it may have registered, used up or not: %s',
      (reissue) => {
        const failed = find({ kind: 'found', verdict: { ...rejected, ...(reissue && { reissue }) } });
        const next = { number: 1, reference: 'entry-2', body: new Uint8Array([1]) };
        const given = { capabilities: knows, entry: doubtful, reissue: next };
        const isOver = { ...knows, deduplicatesBy: 'nothing' } as const;
        for (const capabilities of [knows, isOver]) {
          const transition = after(failed, { ...given, capabilities });
          expect(transition).toMatchObject({ to: 'unknown', reason: doubtReason });
          expect(transition).not.toHaveProperty('reissue');
        }
      },
    );

    // A parked entry with an id is polled once an operator lets it go on.
    it.each([find({ kind: 'found', verdict: pending }), poll(pending), poll(retry), poll(unknown)])(
      'stays in doubt while nothing is said of what it may have registered: $step',
      (result) => {
        const transition = after(result, { capabilities: knows, entry: doubtful });
        expect(transition).toMatchObject({ to: 'unknown', reason: doubtReason });
      },
    );

    it('doubts the failure of what it called done, whatever it said in between', () => {
      const done = poll({ ...pending, reason: { code: 'provider.unreadable', message: 'No mark.' } });
      const burnt = poll({ ...rejected, reissue: true });
      const given = {
        capabilities: knows,
        reissue: { number: 1, reference: 'entry-2', body: new Uint8Array([1]) },
      };
      for (const between of [done, poll(pending), poll(unknown), poll(retry)]) {
        let entry: NonNullable<Given['entry']> = {};
        for (const answer of [done, between, poll(pending)]) {
          const { to, failures, reason: known = null } = after(answer, { ...given, entry });
          expect(to).toBe('pending');
          entry = { failures, reason: known };
        }
        const transition = after(burnt, { ...given, entry });
        expect(transition).toMatchObject({ to: 'unknown', reason: { code: 'provider.doubtful' } });
        expect(transition).not.toHaveProperty('reissue');
      }
      expect(after(burnt, given)).toHaveProperty('reissue');
    });

    it('remembers that a contradictory answer called it done', () => {
      const odd = poll({ kind: 'unknown', reason: { ...reason, calledDone: true } });
      const known = after(odd, { capabilities: knows }).reason ?? null;
      const burnt = poll({ ...rejected, reissue: true });
      expect(after(burnt, { capabilities: knows, entry: { reason: known } })).toMatchObject({
        to: 'unknown',
      });
    });

    it('asks ever more slowly for what was called done and now waits', () => {
      const known = { code: 'provider.unreadable', message: 'No mark.', calledDone: true };
      const requested = after(poll(pending), { capabilities: knows, entry: { failures: 3, reason: known } });
      expect(requested).toMatchObject({ to: 'pending', failures: 4, reason: known });
    });
  });

  describe('with a provider that recognises a repeat for a while', () => {
    const hour = { deduplicatesBy: 'key', deduplicationWindowMs: 3_600_000, settlesWithinMs: 0 } as const;
    const within = { ...hour, findsBy: 'nothing' } as const;
    const over = { ...hour, deduplicatesBy: 'nothing', findsBy: 'reference' } as const;

    it('forgets when it was first sent, where nothing that was sent was processed', () => {
      expect(after(submit(retry), { capabilities: within })).toMatchObject({ to: 'accepted', unsent: true });
      expect(after(submit(retry), { capabilities: finds })).not.toHaveProperty('unsent');
      for (const known of [repeat, leaseLostReason]) {
        const turnedAway = after(submit(retry), {
          capabilities: within,
          entry: { attempts: 2, reason: known },
        });
        expect(turnedAway).toMatchObject({ to: 'unknown', reason: { earlierUnknown: true } });
        expect(turnedAway).not.toHaveProperty('unsent');
      }
    });

    it('sends what a search has not found, and doubts its refusal', () => {
      const absent = after(find({ kind: 'absent' }), { capabilities: over, entry: { reason: earlier } });
      expect(absent).toMatchObject({ to: 'accepted', reason: { earlierUnknown: true, repeat: 'searched' } });
      const refused = after(submit(rejected), {
        capabilities: over,
        entry: { attempts: 2, reason: absent.reason ?? null },
      });
      expect(refused).toMatchObject({ to: 'unknown', reason: { code: 'provider.doubtful' } });
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
