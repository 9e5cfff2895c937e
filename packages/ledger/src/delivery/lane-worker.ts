import type { Provider, Reason } from '@fiscalkit/client';
import { type StepResult, transitionAfter } from '../state/transition-after.js';
import type { Claim, Settlement, SettleOutcome, Step } from '../store/ledger-store.js';
import { storeErrorCode } from '../store/store-error-code.js';
import { answerOf } from './answer-of.js';
import { AttemptMemory } from './attempt-memory.js';
import { callProvider, callTookTooLong } from './call-provider.js';
import { CallsUnderWay } from './calls-under-way.js';
import { keepWriting } from './keep-writing.js';
import type { LaneGate } from './lane-gate.js';
import type { LaneParts } from './lane-parts.js';
import {
  callTooLate,
  providerUnconfigured,
  stepNotTaken,
  unconfiguredCapabilities,
} from './unanswered-step.js';

/** Who hears how the work goes on. */
export interface WorkListeners {
  /** A call is over: another may begin, while the result of this one is being written. */
  readonly placeFreed: () => void;
  /** A result is written, or given up: what waited for it may be due. */
  readonly ended: () => void;
}

/** Works on claimed entries: calls the provider, decides what comes of it, writes it down. */
export class LaneWorker {
  readonly #parts: LaneParts;
  readonly #gate: LaneGate;
  readonly #placeFreed: () => void;
  readonly #attempts = new AttemptMemory();
  readonly #calls: CallsUnderWay;

  constructor(parts: LaneParts, gate: LaneGate, { placeFreed, ended }: WorkListeners) {
    this.#parts = parts;
    this.#gate = gate;
    this.#placeFreed = placeFreed;
    this.#calls = new CallsUnderWay(ended);
  }

  /** Begins to work on a claim that was asked for at `askedAt`. */
  take(claim: Claim, askedAt: number): void {
    this.#gate.begin(this.#parts.elapsed());
    this.#calls.begin((call) => this.#work(claim, askedAt, call));
  }

  /** Waits for the calls under way, cuts off those that outlast the grace, and waits for their results to be written. */
  drain(graceMs: number): Promise<void> {
    return this.#calls.drain(graceMs);
  }

  async #work(claim: Claim, askedAt: number, call: AbortController): Promise<void> {
    try {
      await this.#deliver(claim, askedAt, call);
    } catch (error) {
      this.#giveUp(error);
    } finally {
      this.#gate.settle();
    }
  }

  async #deliver(claim: Claim, askedAt: number, call: AbortController): Promise<void> {
    const { resolve, settings, policy, random, elapsed, emit } = this.#parts;
    const { entry, fence } = claim;
    const provider = resolve(entry.merchant, entry.provider);
    // What a search proves depends on the age of the attempt; of an id that is not known, the store's clock tells well enough.
    const sinceAttemptMs =
      claim.step === 'find'
        ? this.#attempts.sinceAttemptMs(claim, settings.startWithinMs, elapsed())
        : claim.claimedAt.getTime() - (entry.lastAttemptAt ?? claim.claimedAt).getTime();
    const result = await this.#takeStep(claim, provider, askedAt, call);
    const capabilities = provider?.capabilities ?? unconfiguredCapabilities;
    const context = { entry, capabilities, sinceAttemptMs, policy, random };
    const transition = transitionAfter(result, context);
    if (transition.to !== 'unknown') this.#attempts.forget(entry);
    const outcome = await this.#write({ id: entry.id, fence, entry, transition });
    if (outcome?.kind !== 'written') return;
    emit({ type: 'transition', entry: outcome.entry, from: entry.state });
    for (const held of outcome.held ?? []) emit({ type: 'held', entry: held });
  }

  /** Takes the step, unless it can't be taken or comes too late; its place is free again before the result is written. */
  async #takeStep(
    claim: Claim,
    provider: Provider | null,
    askedAt: number,
    call: AbortController,
  ): Promise<StepResult> {
    const { settings, elapsed } = this.#parts;
    try {
      if (provider === null) return this.#skip(claim.step, providerUnconfigured, settings.unconfiguredMs);
      if (elapsed() - askedAt > settings.startWithinMs) return this.#skip(claim.step, callTooLate);
      return await this.#call(claim, provider, call);
    } finally {
      this.#gate.end();
      this.#placeFreed();
    }
  }

  /** A provider broke its contract: the lease runs out, and then the outcome is found out. */
  #giveUp(error: unknown): void {
    this.#gate.report('untold', this.#parts.elapsed());
    this.#parts.emit({ type: 'store-error', code: storeErrorCode(error) });
  }

  #skip(step: Step, reason: Reason, againInMs?: number): StepResult {
    this.#gate.report('untold', this.#parts.elapsed());
    return stepNotTaken(step, reason, againInMs);
  }

  async #call(claim: Claim, provider: Provider, call: AbortController): Promise<StepResult> {
    const { settings, elapsed, store } = this.#parts;
    const begunAt = elapsed();
    if (claim.step === 'submit') this.#attempts.begin(claim.entry, begunAt);
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

  #write(settlement: Settlement): Promise<SettleOutcome | null> {
    const { store, settings, emit, random, elapsed } = this.#parts;
    const abandoned = () => this.#calls.abandoned;
    const limits = { leaseMs: settings.leaseMs, abandoned, emit, random, elapsed };
    return keepWriting(() => store.settle(settlement), limits);
  }
}
