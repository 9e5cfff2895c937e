import type { ProviderCapabilities } from '@fiscalkit/client';
import type { StepKind } from './step.fixture.js';

/** A document that a client of the world hands in, perhaps several times. */
export interface Plan {
  readonly name: string;
  readonly operation: 'sell' | 'sell_refund' | 'confirmation';
  readonly paymentId: number;
  /** The client's idempotency key; `null` leaves it to the content. */
  readonly key: string | null;
  /** How often the client may hand it in. */
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

/** What a person of the world does. */
export type PersonsAct = 'resubmit' | 'retry' | 'drop' | 'find out' | 'park' | 'settle account';

/** What the provider does that its capabilities don't tell. */
export interface Manners {
  /** It refuses a document whose like it has, and does not say that this is why. */
  readonly refusesRepeats?: boolean;
  /** It may list a document long after it has registered it. */
  readonly listsLate?: boolean;
  /** It may write a document down in such a way that nobody can tell whose it is. */
  readonly writesUnclearly?: boolean;
}

/** A small world: who hands in what, to whom it goes, and what may happen on the way. */
export interface Scenario {
  readonly name: string;
  readonly plans: readonly Plan[];
  readonly provider: Pick<ProviderCapabilities, 'deduplicatesBy' | 'findsBy' | 'asynchronous'>;
  readonly manners?: Manners;
  /** Whether the two workers live and die together, as on an embedded store, or each for itself. */
  readonly processes: 'one' | 'two';
  /** Two when absent. */
  readonly workers?: 1;
  readonly timing: Timing;
  /** How often the store's clock may jump ahead by far. */
  readonly clockJumps: number;
  /** The account in the configuration, and what it is changed to, in this order; all processes begin with the first. */
  readonly accounts?: readonly ConfiguredAccount[];
  /** What people may do, and how often in all. */
  readonly people?: {
    readonly acts: readonly PersonsAct[];
    readonly times: number;
    /** Whether they may also declare the ledger restored, though it is not. */
    readonly declare?: true;
  };
  /** How many workers the ledger has while its store's standby lags, until that is promoted; without a standby when absent. */
  readonly standby?: 'one worker' | 'two workers';
  /** Whether states are told apart also by what matters only where a safety is missing: fences and attempts by their numbers. */
  readonly exact?: true;
  /** Steps that are left out, so that the world stays small. */
  readonly without?: readonly StepKind[];
}
