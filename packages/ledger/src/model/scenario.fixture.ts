import type { ProviderCapabilities } from '@fiscalkit/client';
import type { StepKind } from './step.fixture.js';

/** A document that a client sends, perhaps several times. */
export interface Plan {
  readonly name: string;
  readonly operation: 'sell' | 'sell_refund' | 'confirmation';
  readonly paymentId: number;
  /** The client's idempotency key; `null` leaves it to the content. */
  readonly key: string | null;
  /** How often the client may send it. */
  readonly times: number;
  /** The document that must have been accepted before, as the client knows. */
  readonly after?: string;
  /** The document that must have been rejected before. */
  readonly afterRejected?: string;
  /** Whose document it is; the first merchant's when absent. */
  readonly merchant?: string;
  /** `meant`: the client says that a second document with the same content is meant. */
  readonly twin?: 'meant';
  /** Whether it has other positions than the others of its payment. */
  readonly corrected?: boolean;
}

/** Milliseconds, small enough that every moment can be tried. */
export interface Timing {
  readonly leaseMs: number;
  readonly startWithinMs: number;
  readonly settlesWithinMs: number;
}

/** An account with the provider, as it stands in a configuration. */
export interface ConfiguredAccount {
  readonly merchantId: string;
  readonly address: string;
}

/** Kinds of an operator's actions. */
export type OperatorActionKind = 'resubmit' | 'retry' | 'drop' | 'find out' | 'park' | 'settle account';

/** Behaviour of the provider that its capabilities don't express. */
export interface ProviderBehaviour {
  /** It refuses a document whose like it has, and does not say that this is why. */
  readonly refusesRepeats?: boolean;
  /** It may list a document long after it has registered it. */
  readonly listsLate?: boolean;
  /** It may record a document in such a way that nobody can tell whose it is. */
  readonly writesUnclearly?: boolean;
}

/** A scenario of the model: who sends what to which provider, and what may happen on the way. */
export interface Scenario {
  readonly name: string;
  readonly plans: readonly Plan[];
  readonly provider: Pick<
    ProviderCapabilities,
    'deduplicatesBy' | 'deduplicationWindowMs' | 'findsBy' | 'asynchronous'
  >;
  readonly behaviour?: ProviderBehaviour;
  /** Whether the two workers share a process, as on an embedded store, or have one each. */
  readonly processes: 'one' | 'two';
  /** Two when absent. */
  readonly workers?: 1;
  readonly timing: Timing;
  /** How often the store's clock may jump ahead by far. */
  readonly clockJumps: number;
  /** The configured account, and what it is changed to, in this order; all processes begin with the first. */
  readonly accounts?: readonly ConfiguredAccount[];
  /** What operators may do, and how often in all. */
  readonly operators?: {
    readonly actions: readonly OperatorActionKind[];
    readonly times: number;
    /** Whether they may also declare the ledger restored, though it is not. */
    readonly declare?: true;
  };
  /** Workers of the ledger while its standby lags, until that is promoted; no standby when absent. */
  readonly standby?: 'one worker' | 'two workers';
  /** Whether states also differ by what matters to mutations only: fences and attempts by their numbers. */
  readonly exact?: true;
  /** Steps that are left out, so that the state space stays small. */
  readonly without?: readonly StepKind[];
}
