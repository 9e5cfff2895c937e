import { capabilitiesFor, type OperationCapabilities, type Reason } from '@fiscalkit/client';
import { type StepResult, transitionAfter } from '../entry/after-step.js';
import { storeError } from '../entry/signals.js';
import type { Step } from '../entry/transition.js';
import type { CallKind, Claim, Settlement, SettleOutcome } from '../store/ledger-store.js';
import { AttemptMemory } from './attempt-memory.js';
import type { Backlog, QueueAccount } from './backlogs.js';
import { callProvider, callTookTooLong, callTooLate, stepNotTaken } from './call-provider.js';
import { CallsUnderWay } from './calls-under-way.js';
import { keepWriting } from './keep-writing.js';
import { nextRequest } from './next-request.js';
import type { QueueDependencies } from './queue-settings.js';
import { providerAnswerOf, RefusedKeys } from './refused-keys.js';

/** Callbacks about the progress of work. */
export interface WorkListeners {
  /** Called after a call: another may begin, while the result of this one is being written. */
  readonly placeFreed: () => void;
  /** Called when a result is written, or given up: what waited for it may be due. */
  readonly ended: (account: QueueAccount) => void;
}

/** A claimed entry under work. */
interface Task {
  readonly claim: Claim;
  readonly backlog: Pick<Backlog, 'account' | 'provider'>;
  /** When the claim was requested. */
  readonly requestedAt: number;
  /** Aborts the call. */
  readonly call: AbortController;
  readonly leavePlace: () => void;
}

/** Works on claimed entries: calls the provider, decides the transition, writes it. */
export class DeliveryWorker {
  readonly #dependencies: QueueDependencies;
  readonly #listeners: WorkListeners;
  readonly #attempts = new AttemptMemory();
  readonly #calls = new CallsUnderWay();
  readonly #refusedKeys = new RefusedKeys();

  constructor(dependencies: QueueDependencies, listeners: WorkListeners) {
    this.#dependencies = dependencies;
    this.#listeners = listeners;
  }

  /** Returns, per account, the merchants whose key the provider refused last. */
  refusedKeys(): Map<string, string[]> {
    return this.#refusedKeys.byAccount();
  }

  /** Begins work on a claim of this backlog that was requested at `askedAt`. */
  take(claim: Claim, backlog: Task['backlog'], requestedAt: number): void {
    const leavePlace = backlog.account.gate.begin(this.#dependencies.elapsed(), kindOf(claim));
    this.#calls.begin((call) => this.#work({ claim, backlog, requestedAt, call, leavePlace }));
  }

  /**
   * Waits for the calls under way, aborts those that outlast the grace; resolves when results are written.
   */
  drain(graceMs: number): Promise<void> {
    return this.#calls.drain(graceMs);
  }

  async #work(task: Task): Promise<void> {
    const { account } = task.backlog;
    try {
      await this.#deliver(task);
    } catch (error) {
      this.#giveUp(account, error);
    } finally {
      account.gate.settle();
      this.#listeners.ended(account);
    }
  }

  async #deliver(task: Task): Promise<void> {
    const { settings, policy, random, elapsed, emit } = this.#dependencies;
    const { claim } = task;
    const { entry, fence } = claim;
    // What a search proves depends on the age of the attempt; for a poll, the store's clock is precise
    // enough.
    const sinceAttemptMs =
      claim.step === 'find'
        ? this.#attempts.sinceAttemptMs(claim, settings.startWithinMs, elapsed())
        : claim.claimedAt.getTime() - (entry.lastAttemptAt ?? claim.claimedAt).getTime();
    const capabilities = this.#capabilitiesFor(task);
    const result = await this.#takeStep(task, capabilities);
    const { provider } = task.backlog;
    const { store, callbackUrlOf } = this.#dependencies;
    const reissue = await nextRequest(result, { claim, provider, store, callbackUrlOf });
    const transition = transitionAfter(result, {
      entry,
      capabilities,
      sinceAttemptMs,
      ...(reissue && { reissue }),
      policy,
      random,
    });
    if (transition.to !== 'unknown') this.#attempts.forget(entry);
    const goesOn = transition.to === 'unknown' || transition.to === 'accepted';
    if (!goesOn) this.#attempts.forgetFirst(entry);
    const outcome = await this.#write({ id: entry.id, fence, entry, transition });
    if (outcome?.kind !== 'written') return;
    emit({ type: 'transition', entry: outcome.entry, from: entry.state });
    for (const held of outcome.held ?? []) emit({ type: 'held', entry: held });
  }

  /** Returns the provider's capabilities for the entry at the latest time at which its call may begin. */
  #capabilitiesFor({ claim, backlog }: Task): OperationCapabilities {
    const { entry } = claim;
    const document = { operation: entry.operation, operationType: entry.facets.operationType };
    const all = backlog.provider.capabilities;
    const usual = capabilitiesFor(all, document);
    if (usual.deduplicationWindowMs === undefined) return usual;
    const { settings, elapsed } = this.#dependencies;
    const sinceMs = this.#attempts.sinceFirstAttemptMs(claim, elapsed());
    return capabilitiesFor(all, document, sinceMs + settings.startWithinMs);
  }

  /** Takes the step, unless it is too late; frees its place before the result is written. */
  async #takeStep(task: Task, capabilities: OperationCapabilities): Promise<StepResult> {
    const { settings, elapsed } = this.#dependencies;
    const { claim, backlog, requestedAt, leavePlace } = task;
    try {
      if (elapsed() - requestedAt > settings.startWithinMs)
        return this.#skip(backlog.account, claim.step, callTooLate);
      return await this.#call(task, capabilities);
    } finally {
      leavePlace();
      this.#listeners.placeFreed();
    }
  }

  /**
   * Gives up after a breach of the provider contract: the lease runs out, then a search finds the outcome.
   */
  #giveUp(account: QueueAccount, error: unknown): void {
    account.gate.report('inconclusive', this.#dependencies.elapsed());
    this.#dependencies.emit(storeError(error));
  }

  #skip(account: QueueAccount, step: Step, reason: Reason): StepResult {
    account.gate.report('inconclusive', this.#dependencies.elapsed());
    return stepNotTaken(step, reason);
  }

  async #call(task: Task, capabilities: OperationCapabilities): Promise<StepResult> {
    const { settings, elapsed, store } = this.#dependencies;
    const { claim, call } = task;
    const { provider } = task.backlog;
    const begunAt = elapsed();
    task.backlog.account.gate.called(kindOf(claim), begunAt);
    if (claim.step === 'submit') this.#attempts.begin(claim.entry, begunAt);
    const budget = setTimeout(() => call.abort(callTookTooLong), settings.callMs);
    const result = await callProvider({ claim, provider, capabilities, store, signal: call.signal });
    clearTimeout(budget);
    this.#learn(task, result, begunAt);
    return result;
  }

  #learn({ claim, backlog: { account } }: Task, result: StepResult, begunAt: number): void {
    const { provider, elapsed, emit, policy } = this.#dependencies;
    const { step, entry } = claim;
    const now = elapsed();
    const answer = providerAnswerOf(result);
    if (answer === null) {
      account.gate.report('inconclusive', now);
      return;
    }
    account.gate.report(answer.reason?.outage ? 'outage' : 'alive', now);
    if (answer.pauseMs !== null) account.gate.pause(Math.min(answer.pauseMs, policy.advice.mostMs), now);
    const reason = answer.reason?.code ?? null;
    emit({
      type: 'attempt',
      entryId: entry.id,
      provider,
      step,
      verdict: answer.kind,
      reason,
      durationMs: now - begunAt,
    });
    const name = { account: account.name, merchant: entry.merchant };
    const key = this.#refusedKeys.learn(name, answer, now);
    if (key !== null) emit({ type: 'key', provider, ...name, state: key });
  }

  #write(settlement: Settlement): Promise<SettleOutcome | null> {
    const { store, settings, emit, random, elapsed } = this.#dependencies;
    const abandoned = () => this.#calls.abandoned;
    const limits = { leaseMs: settings.leaseMs, abandoned, emit, random, elapsed };
    return keepWriting(() => store.settle(settlement), limits);
  }
}

function kindOf({ step }: Claim): CallKind {
  return step === 'submit' ? 'submit' : 'poll';
}
