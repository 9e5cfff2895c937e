import { setTimeout as delay } from 'node:timers/promises';
import type { Verdict } from '@fiscalkit/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StepResult, transitionAfter } from '../../entry/after-step.js';
import { isFinal } from '../../entry/entry.js';
import { type Decision, transitionByOperator } from '../../entry/operator-transition.js';
import { defaultDeliveryPolicy } from '../../entry/retry-policy.js';
import type { Transition } from '../../entry/transition.js';
import { firstBrokenRow } from '../../journal/journal-row.js';
import type { InterventionOutcome } from '../intervention-store.js';
import type { Claim, SettleOutcome } from '../ledger-store.js';
import { outage, registration } from './sample-transitions.fixture.js';
import {
  longLeaseMs,
  type OpenStore,
  type StoreHarness,
  samePayment,
  useStore,
} from './store-harness.fixture.js';

const capabilities = { findsBy: 'content', deduplicatesBy: 'nothing', settlesWithinMs: 0 } as const;

const answers = ['registered', 'rejected', 'pending', 'retry', 'unknown', 'nothing'] as const;
type Answer = (typeof answers)[number];

/** One operation, on one of the first unfinished entries or of the last claims. */
type Operation =
  | { readonly kind: 'accept' | 'restore' }
  /** A claim whose lease lasts, or has run out at the next operation. */
  | { readonly kind: 'claim'; readonly lasts: boolean }
  | { readonly kind: 'settle'; readonly which: number; readonly answer: Answer }
  | { readonly kind: 'intervene'; readonly which: number; readonly decision: Decision };

const which = fc.nat(1);
const answer = fc.constantFrom<Answer>(...answers, 'unknown', 'unknown', 'nothing', 'nothing');
const decision = fc.constantFrom<Decision>(
  { action: 'retry' },
  { action: 'retry' },
  { action: 'retry' },
  { action: 'park' },
  { action: 'park' },
  { action: 'resolve', registration: null },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('accept' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), lasts: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      which,
      answer,
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('intervene' as const), which, decision }) },
);

/** Most entries at a time that are not final: few, so that each has many operations. */
const most = 3;

/** Runs operations on the entries of one provider, and checks that none of them violates an invariant. */
class CheckedSystem {
  readonly #harness: StoreHarness;
  readonly #provider: string;
  readonly #ids: string[] = [];
  #unfinished: string[] = [];
  readonly #claims: Claim[] = [];
  /** Entries that may be at the provider already: they may not be sent before a search found nothing. */
  readonly #doubtful = new Set<string>();
  /** The claims whose results must be taken, by entry. */
  readonly #live = new Map<string, Claim>();
  /** Claims of a ledger that was lost: their lease is waited for, and their results are not taken. */
  readonly #lost = new Set<Claim>();

  constructor(harness: StoreHarness, provider: string) {
    this.#harness = harness;
    this.#provider = provider;
  }

  async run(next: Operation): Promise<void> {
    switch (next.kind) {
      case 'accept':
        return this.#accept();
      case 'restore':
        return this.#restore();
      case 'claim':
        return this.#claim(next.lasts);
      case 'settle':
        return this.#settle(this.#claims.at(-1 - next.which), next.answer);
      case 'intervene':
        return this.#intervene(this.#unfinished.at(next.which), next.decision);
    }
  }

  async isIntact(): Promise<boolean> {
    for (const id of this.#ids) {
      const rows = await this.#harness.store.journal(id);
      const entry = await this.#harness.store.entry(id);
      if (firstBrokenRow(rows) !== null || entry?.version !== rows.length) return false;
    }
    return true;
  }

  async #accept(): Promise<void> {
    if (this.#unfinished.length === most) return;
    const payment = samePayment(`${this.#provider}-${this.#ids.length % 2}`);
    const { id } = await this.#harness.accepted({ ...payment, provider: this.#provider });
    this.#ids.push(id);
    this.#unfinished.push(id);
  }

  /** Restores: what was not sent since may have been sent by the lost ledger. */
  async #restore(): Promise<void> {
    await delay(2);
    const [since, until] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)];
    await this.#harness.store.declareRestored({ since, until });
    for (const id of this.#ids) this.#doubtful.add(id);
    for (const claim of this.#live.values()) this.#lost.add(claim);
  }

  async #claim(lasts: boolean): Promise<void> {
    const leaseMs = lasts ? longLeaseMs : 1;
    const claims = await this.#harness.claim({ provider: this.#provider, limit: 2, leaseMs });
    for (const claim of claims) {
      const { id, orderingKey } = claim.entry;
      expect(this.#live.has(id), 'two live claims').toBe(false);
      expect(claim.step === 'submit' && this.#doubtful.has(id), 'sent without a search').toBe(false);
      const together = claims.filter(({ entry }) => entry.orderingKey === orderingKey);
      expect(together, 'two of one payment at once').toHaveLength(1);
      if (claim.step === 'submit') this.#doubtful.add(id);
      if (lasts) this.#live.set(id, claim);
      this.#claims.push(claim);
    }
    if (!lasts) await delay(3);
  }

  async #settle(claim: Claim | undefined, answer: Answer): Promise<void> {
    if (!claim) return;
    const { id } = claim.entry;
    const transition = transitionFor(claim, answer);
    const outcome = await this.#harness.settle(claim, transition);
    if (this.#lost.has(claim)) {
      expect(outcome.kind).toBe('lease-lost');
    } else if (this.#live.get(id) === claim) {
      expect(outcome.kind).toBe('written');
      this.#live.delete(id);
    }
    if (outcome.kind === 'written' && transition.to === 'accepted') this.#doubtful.delete(id);
    this.#end(outcome);
  }

  async #intervene(id: string | undefined, decision: Decision): Promise<void> {
    const entry = id === undefined ? null : await this.#harness.store.entry(id);
    if (!entry) return;
    const transition = transitionByOperator(entry, decision);
    if (typeof transition === 'string') return;
    const { version } = entry;
    const outcome = await this.#harness.store.intervene({ id: entry.id, version, transition, details: '{}' });
    expect(outcome.kind, 'an intervention while a worker holds the entry').toBe(
      this.#live.has(entry.id) ? 'changed' : 'written',
    );
    this.#end(outcome);
  }

  #end(outcome: SettleOutcome | InterventionOutcome): void {
    if (outcome.kind !== 'written' || !isFinal(outcome.entry.state)) return;
    const { id } = outcome.entry;
    this.#unfinished = this.#unfinished.filter((each) => each !== id);
  }
}

/** Returns the transition of an answer; due at once, because the test has no time to wait. */
function transitionFor(claim: Claim, answer: Answer): Transition {
  const context = {
    entry: claim.entry,
    capabilities,
    sinceAttemptMs: 0,
    policy: defaultDeliveryPolicy,
    random: () => 0.5,
  };
  const transition = transitionAfter(resultOf(claim, answer), context);
  return { ...transition, dueInMs: transition.dueInMs === null ? null : 0 };
}

function resultOf({ step }: Claim, answer: Answer): StepResult {
  const verdict = verdictOf(answer);
  if (step !== 'find') return { step, verdict };
  if (answer === 'nothing') return { step, finding: { kind: 'absent' } };
  return verdict.kind === 'retry' || verdict.kind === 'unknown' || verdict.kind === 'doubtful'
    ? { step, finding: { kind: 'unknown', reason: outage } }
    : { step, finding: { kind: 'found', verdict } };
}

function verdictOf(answer: Answer): Verdict {
  switch (answer) {
    case 'registered':
      return { kind: answer, registration };
    case 'pending':
      return { kind: answer, providerDocumentId: 'd' };
    case 'nothing':
      return { kind: 'unknown', reason: outage };
    default:
      return { kind: answer, reason: outage };
  }
}

export function describeInterleavedInterventions(open: OpenStore): void {
  describe('interventions between deliveries', () => {
    const harness = useStore(open);

    it('never let an entry be sent twice without a search, held twice, or lose a row', async () => {
      let systems = 0;
      const operations = fc.array(operation, { minLength: 30, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(operations, async (all) => {
          systems += 1;
          const system = new CheckedSystem(harness, `system-${systems}`);
          await system.run({ kind: 'accept' });
          for (const each of all) await system.run(each);
          expect(await system.isIntact()).toBe(true);
        }),
        { numRuns: 40 },
      );
    });
  });
}
