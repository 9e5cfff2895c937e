import { setTimeout as delay } from 'node:timers/promises';
import type { Provider, Reason } from '@fiscalkit/client';
import { type StepResult, transitionAfter } from '../state/transition-after.js';
import type { Claim, Settlement, SettleOutcome, Step } from '../store/ledger-store.js';
import { storeErrorCode } from '../store/store-error-code.js';
import { answerOf } from './answer-of.js';
import { AttemptMemory } from './attempt-memory.js';
import { callProvider, callTookTooLong } from './call-provider.js';
import type { LaneGate } from './lane-gate.js';
import type { LaneParts } from './lane-parts.js';
import { storeTroubleMs } from './store-trouble.js';
import {
  callTooLate,
  providerUnconfigured,
  stepNotTaken,
  unconfiguredCapabilities,
} from './unanswered-step.js';

/** How long the results of calls that were cut off may take to be written. */
const lastWritesMs = 2_000;

/** Works on claimed entries: calls the provider, decides what comes of it, writes it down. */
export class LaneWorker {
  readonly #parts: LaneParts;
  readonly #gate: LaneGate;
  readonly #ended: () => void;
  readonly #attempts: AttemptMemory;
  readonly #underWay = new Map<AbortController, Promise<void>>();
  #abandoned = false;

  constructor(parts: LaneParts, gate: LaneGate, ended: () => void) {
    this.#parts = parts;
    this.#gate = gate;
    this.#ended = ended;
    this.#attempts = new AttemptMemory(parts.elapsed());
  }

  /** Begins to work on a claim that was asked for at `askedAt`. */
  take(claim: Claim, askedAt: number): void {
    const call = new AbortController();
    this.#gate.begin(this.#parts.elapsed());
    const work = this.#work(claim, askedAt, call)
      .catch((error) => this.#giveUp(error))
      .finally(() => {
        this.#underWay.delete(call);
        this.#gate.end();
        this.#ended();
      });
    this.#underWay.set(call, work);
  }

  /** Waits for the calls under way, cuts off those that outlast the grace, and waits for their results to be written. */
  async drain(graceMs: number): Promise<void> {
    await this.#finishWithin(graceMs);
    for (const call of this.#underWay.keys()) call.abort();
    await this.#finishWithin(lastWritesMs);
    this.#abandoned = true;
  }

  async #finishWithin(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    const timeOver = delay(milliseconds, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#underWay.values()), timeOver]);
    timer.abort();
  }

  async #work(claim: Claim, askedAt: number, call: AbortController): Promise<void> {
    const { resolve, settings, policy, random, elapsed, emit } = this.#parts;
    const { entry, fence, step } = claim;
    const provider = resolve(entry.merchant, entry.provider);
    const sinceAttemptMs = this.#sinceAttemptMs(claim);
    const late = elapsed() - askedAt > settings.startWithinMs;
    const result =
      provider === null
        ? this.#skip(step, providerUnconfigured, settings.unconfiguredMs)
        : late
          ? this.#skip(step, callTooLate)
          : await this.#call(claim, provider, call);

    const capabilities = provider?.capabilities ?? unconfiguredCapabilities;
    const context = { entry, capabilities, sinceAttemptMs, policy, random };
    const transition = transitionAfter(result, context);
    if (transition.to !== 'unknown') this.#attempts.forget(entry.id);
    const outcome = await this.#write({ id: entry.id, fence, transition });
    if (outcome?.kind === 'written') emit({ type: 'transition', entry: outcome.entry, from: entry.state });
  }

  /** A provider broke its contract: the lease runs out, and then the outcome is found out. */
  #giveUp(error: unknown): void {
    this.#gate.report('untold', this.#parts.elapsed());
    this.#parts.emit({ type: 'store-error', code: storeErrorCode(error) });
  }

  /** The shorter of what the store's clock and this process's own know, less what the former may be late. */
  #sinceAttemptMs({ entry, claimedAt }: Claim): number {
    const { settings, elapsed } = this.#parts;
    const attemptAt = entry.lastAttemptAt ?? entry.acceptedAt;
    const storeMs = claimedAt.getTime() - attemptAt.getTime() - settings.startWithinMs;
    return Math.min(storeMs, this.#attempts.elapsedMs(entry.id, elapsed()));
  }

  #skip(step: Step, reason: Reason, againInMs?: number): StepResult {
    this.#gate.report('untold', this.#parts.elapsed());
    return stepNotTaken(step, reason, againInMs);
  }

  async #call(claim: Claim, provider: Provider, call: AbortController): Promise<StepResult> {
    const { settings, elapsed, store } = this.#parts;
    const begunAt = elapsed();
    if (claim.step === 'submit') this.#attempts.begin(claim.entry.id, begunAt);
    const budget = setTimeout(() => call.abort(callTookTooLong), settings.callMs);
    const result = await callProvider({ claim, provider, store, signal: call.signal });
    clearTimeout(budget);
    this.#learn(claim.step, result, begunAt);
    return result;
  }

  #learn(step: Step, result: StepResult, begunAt: number): void {
    const { provider, elapsed, emit } = this.#parts;
    const now = elapsed();
    const answer = answerOf(result);
    if (answer === null) {
      this.#gate.report('untold', now);
      return;
    }
    this.#gate.report(answer.reason?.outage ? 'outage' : 'alive', now);
    if (answer.pauseMs !== null) this.#gate.pause(answer.pauseMs, now);
    const reason = answer.reason?.code ?? null;
    emit({ type: 'attempt', provider, step, verdict: answer.kind, reason, durationMs: now - begunAt });
  }

  /** Writes a result, again and again while the store is in trouble and the lease lasts; `null` when it could not. */
  async #write(settlement: Settlement): Promise<SettleOutcome | null> {
    const { store, settings, emit, random, elapsed } = this.#parts;
    const leaseOverAt = elapsed() + settings.leaseMs;
    for (let failures = 1; ; failures += 1) {
      try {
        return await store.settle(settlement);
      } catch (error) {
        emit({ type: 'store-error', code: storeErrorCode(error) });
        if (this.#abandoned || elapsed() >= leaseOverAt) return null;
        await delay(storeTroubleMs(failures, random));
      }
    }
  }
}
