import type { Finding, Reason, Verdict } from '@fiscalkit/client';
import type { StepResult } from '../entry/after-step.js';
import type { LedgerSignal } from '../entry/signals.js';
import type { BacklogName } from '../store/ledger-store.js';
import { backlogKey } from './backlogs.js';

/** A merchant whose key the provider refused last. */
interface RefusedKey extends BacklogName {
  /** Whether it was reported; reports per merchant are bounded, however often its key changes its state. */
  readonly isReported: boolean;
}

/** Least time between two reports about one merchant, in milliseconds. */
const leastReportingMs = 60_000;

/**
 * Remembers whose keys an account's provider refuses. A key belongs to the merchant, not to the account: of
 * two merchants with one account, one alone may have a wrong one.
 */
export class RefusedKeys {
  readonly #refused = new Map<string, RefusedKey>();
  readonly #reportedAt = new Map<string, number>();

  /** Records an answer of the provider; returns what to report of the key, or `null`. */
  learn(name: BacklogName, { kind, reason }: ProviderAnswer, now: number): 'refused' | 'accepted' | null {
    const key = backlogKey(name);
    if (reason?.code === 'provider.unauthorized') return this.#refuse(key, name, now);
    if (!successes.has(kind)) return null;
    const known = this.#refused.get(key);
    this.#refused.delete(key);
    return known?.isReported ? 'accepted' : null;
  }

  /** Returns, per account, the merchants whose key is refused. */
  byAccount(): Map<string, string[]> {
    const accounts = new Map<string, string[]>();
    for (const { account, merchant } of this.#refused.values()) {
      accounts.set(account, [...(accounts.get(account) ?? []), merchant]);
    }
    return accounts;
  }

  #refuse(key: string, { account, merchant }: BacklogName, now: number): 'refused' | null {
    const known = this.#refused.get(key);
    if (known?.isReported) return null;
    const isReported = now - (this.#reportedAt.get(key) ?? Number.NEGATIVE_INFINITY) >= leastReportingMs;
    this.#refused.set(key, { account, merchant, isReported });
    if (isReported) this.#reportedAt.set(key, now);
    return isReported ? 'refused' : null;
  }
}

/** Answers that prove an accepted key; a refusal of the document may precede the check of the key. */
const successes: ReadonlySet<ProviderAnswer['kind']> = new Set([
  'registered',
  'pending',
  'found',
  'absent',
  'doubtful',
]);

/** Answer of a provider to any step. */
export interface ProviderAnswer {
  readonly kind: Verdict['kind'] | Finding['kind'];
  readonly reason: Reason | null;
  /** Pause that the provider asked for, in milliseconds. */
  readonly pauseMs: number | null;
}

/** Returns the answer of a call; `null` when the step was decided without one. */
export function providerAnswerOf(result: StepResult): ProviderAnswer | null {
  const answer = result.step === 'find' ? result.finding : result.verdict;
  if (answer.kind === 'resend') return null;
  return {
    kind: answer.kind,
    reason: 'reason' in answer ? answer.reason : null,
    pauseMs: ('retryAfterMs' in answer ? answer.retryAfterMs : null) ?? null,
  };
}

type KeyEvent = Extract<LedgerSignal, { type: 'key' }>;

/** Description of a refused key for a log. */
export function refusedKeyInWords({ provider, merchant }: Pick<KeyEvent, 'provider' | 'merchant'>): string {
  return `${provider} refuses the key or the access of merchant ${merchant}: its documents wait until that is put right`;
}
