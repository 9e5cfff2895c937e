import type { ProviderCapabilities } from '@fiscalkit/client';

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
}

/** Milliseconds, small enough that every moment can be tried. */
export interface Timing {
  readonly leaseMs: number;
  readonly startWithinMs: number;
  readonly settlesWithinMs: number;
}

/** A small world: who hands in what, to whom it goes, and what may happen on the way. */
export interface Scenario {
  readonly name: string;
  readonly plans: readonly Plan[];
  readonly provider: Pick<ProviderCapabilities, 'deduplicatesBy' | 'findsBy' | 'asynchronous'>;
  /** Whether the two workers live and die together, as on an embedded store, or each for itself. */
  readonly processes: 'one' | 'two';
  readonly timing: Timing;
  /** How often the store's clock may jump ahead by far. */
  readonly clockJumps: number;
}
