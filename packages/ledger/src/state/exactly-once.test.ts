import type { Finding, ProviderCapabilities, Verdict } from '@fiscalkit/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, EntryState } from '../entry/entry.js';
import { defaultDeliveryPolicy } from './delivery-policy.js';
import { isFinal } from './is-final.js';
import { type StepResult, transitionAfter } from './transition-after.js';
import { unknownPlan } from './unknown-plan.js';

/** What befalls one step. A document that arrives late is registered when nobody listens any more. */
type Fate =
  | { readonly kind: 'answered' | 'pends' | 'refused' | 'request-lost' | 'crash-before' }
  | { readonly kind: 'answer-lost' | 'crash-after'; readonly lateMs: number };

const settlesWithinMs = 15_000;
const leaseMs = 60_000;
const reason = { code: 'provider.timeout', message: 'Nothing came.', outage: true };
const lateness = fc.integer({ min: 0, max: settlesWithinMs - 1 });

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ kind: fc.constantFrom('answered', 'pends', 'refused', 'request-lost', 'crash-before') }),
  fc.record({ kind: fc.constantFrom('answer-lost', 'crash-after'), lateMs: lateness }),
);

/** One document on its way to one provider, step by step, in a time of its own. */
class SmallWorld {
  now = 0;
  state: EntryState = 'accepted';
  /** When each registered document became visible at the provider. */
  readonly documents: number[] = [];
  readonly #capabilities: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy' | 'settlesWithinMs'>;
  #entry: Pick<Entry, 'failures' | 'reason'> = { failures: 0, reason: null };
  #attemptAt = 0;

  constructor(capabilities: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy'>) {
    this.#capabilities = { ...capabilities, settlesWithinMs };
  }

  live(fate: Fate): void {
    const sinceAttemptMs = this.now - this.#attemptAt;
    const result = this.#step(fate);
    if (result === 'crashed') {
      this.now += leaseMs;
      this.#entry = { failures: this.#entry.failures + 1, reason };
      if (this.state === 'accepted') this.state = 'unknown';
      return;
    }
    const transition = transitionAfter(result, {
      entry: this.#entry,
      capabilities: this.#capabilities,
      sinceAttemptMs,
      policy: defaultDeliveryPolicy,
      random: () => 0.5,
    });
    this.state = transition.to;
    this.#entry = { failures: transition.failures, reason: transition.reason ?? null };
    this.now += transition.dueInMs ?? 0;
  }

  #step(fate: Fate): StepResult | 'crashed' {
    if (this.state === 'accepted') return this.#submit(fate);
    if (this.state === 'unknown' && unknownPlan(this.#capabilities) === 'resend') {
      return { step: 'find', finding: { kind: 'resend' } };
    }
    if (fate.kind.startsWith('crash')) return 'crashed';
    const silent = fate.kind !== 'answered';
    return this.state === 'pending'
      ? { step: 'poll', verdict: silent ? { kind: 'unknown', reason } : this.#verdict() }
      : { step: 'find', finding: silent ? { kind: 'unknown', reason } : this.#finding() };
  }

  #submit(fate: Fate): StepResult | 'crashed' {
    this.#attemptAt = this.now;
    if (fate.kind === 'crash-before') return 'crashed';
    if (fate.kind === 'refused') return { step: 'submit', verdict: { kind: 'retry', reason } };
    const unknown = { step: 'submit', verdict: { kind: 'unknown', reason } } as const;
    if (fate.kind === 'request-lost') return unknown;
    this.#register('lateMs' in fate ? fate.lateMs : 0);
    if (fate.kind === 'crash-after') return 'crashed';
    if (fate.kind === 'answer-lost') return unknown;
    return { step: 'submit', verdict: fate.kind === 'pends' ? pending : this.#verdict() };
  }

  #register(lateMs: number): void {
    const absorbed = this.#capabilities.deduplicatesBy !== 'nothing' && this.documents.length > 0;
    if (!absorbed) this.documents.push(this.now + lateMs);
  }

  #verdict(): Verdict {
    return {
      kind: 'registered',
      registration: { providerDocumentId: 'd', mark: null, link: null, details: {} },
    };
  }

  #finding(): Finding {
    const visible = this.documents.some((at) => at <= this.now);
    return visible ? { kind: 'found', verdict: pending } : { kind: 'absent' };
  }
}

const pending = { kind: 'pending', providerDocumentId: 'd' } as const;

describe('one entry', () => {
  it.each([
    { deduplicatesBy: 'nothing', findsBy: 'content' },
    { deduplicatesBy: 'key', findsBy: 'reference' },
    { deduplicatesBy: 'payment', findsBy: 'nothing' },
  ] as const)(
    'becomes exactly one document, whatever befalls it: $deduplicatesBy, $findsBy',
    (capabilities) => {
      fc.assert(
        fc.property(fc.array(fate, { maxLength: 30 }), (fates) => {
          const world = new SmallWorld(capabilities);
          for (const each of fates) if (!isFinal(world.state)) world.live(each);
          // From here on the provider is well; a few steps must do.
          for (let step = 0; step < 5 && !isFinal(world.state); step += 1) world.live({ kind: 'answered' });
          expect(world.state).toBe('registered');
          expect(world.documents).toHaveLength(1);
        }),
        { numRuns: 1_000 },
      );
    },
  );
});
