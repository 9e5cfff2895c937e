import type { Reason, Registration, RegistrationRequest } from '@fiscalkit/client';
import type { ReceiptStatus } from '@fiscalkit/schemas';

/** The states of an entry; `registered` and `rejected` are final. */
export const entryStates = [
  'accepted',
  'sending',
  'pending',
  'unknown',
  'registered',
  'rejected',
  'parked',
] as const;

/** State of an entry. */
export type EntryState = (typeof entryStates)[number];

/** States in which nothing more happens unless an operator intervenes. */
export const finalStates = ['registered', 'rejected'] as const satisfies readonly EntryState[];

/** Facets by which an entry is searched and listed. */
export interface EntryFacets {
  readonly paymentId: string;
  /** `sell`, `sell_refund`, …; `null` for operations that are not receipts. */
  readonly operationType: string | null;
  /** Total in minor units; `null` for operations without one. */
  readonly totalMinor: number | null;
}

/** A document to accept: complete, checked and frozen. */
export interface NewEntry {
  /** UUID; the receipt id that clients see. */
  readonly id: string;
  readonly merchant: string;
  readonly provider: string;
  /** Provider's account, as `accountName` writes it. It changes only while nothing was ever sent. */
  readonly account: string;
  /** `receipt`, `confirmation.anor`, … */
  readonly operation: string;
  /** Unique per merchant: the caller's key, or one derived from the content. */
  readonly idempotencyKey: string;
  /** SHA-256 of what the caller sent, in hex: distinguishes a repeat from a conflict. */
  readonly contentDigest: string;
  /** Further keys that only one live entry of the merchant may have: `link:…`; released on rejection. */
  readonly uniqueKeys: readonly string[];
  /**
   * Entries with the same key are delivered one at a time, in the order in which they were accepted, whatever
   * their merchant: it names the provider's account and the payment.
   */
  readonly orderingKey: string;
  readonly facets: EntryFacets;
  /**
   * Treatment of an entry with the same content for the same payment, under another key and not rejected: the
   * store refuses the new one, or returns the first. Both are accepted when absent. Not stored.
   */
  readonly onTwin?: 'refuse' | 'replay';
  /** The normalised document, in the wire's field names. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly request: RegistrationRequest;
}

/**
 * Request that takes the place of the last one, under a reference of its own: it is certain that nothing was
 * registered under that one, and that the provider takes it no more.
 */
export interface Reissue extends Pick<RegistrationRequest, 'reference' | 'body'> {
  /** Counted from 1. */
  readonly number: number;
}

/** An entry as the store keeps it: `request` is the newest that was issued. */
export interface Entry extends NewEntry {
  /** Rises with every entry that the store accepts. */
  readonly sequence: number;
  readonly state: EntryState;
  /** Number of rows in the entry's journal. */
  readonly version: number;
  /** When the entry was accepted. */
  readonly acceptedAt: Date;
  /** When the state last changed. */
  readonly changedAt: Date;
  /**
   * When the next step is due: while a worker holds the entry, when its lease runs out. `null` when none is:
   * the entry is final or parked, or waits for an earlier one of its ordering key.
   */
  readonly dueAt: Date | null;
  /** Number of times the frozen bytes were sent. */
  readonly attempts: number;
  /** Steps in a row without progress, which back-off counts. */
  readonly failures: number;
  /** When the first attempt began that may have been processed, and the last of all. */
  readonly firstAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly providerDocumentId: string | null;
  /** Number of requests that took the place of the first. */
  readonly reissues: number;
  readonly registration: Registration | null;
  /** Reason why the last step did not lead to the registration. */
  readonly reason: Reason | null;
}

/**
 * The part of an entry that lists have, without the frozen bytes: a page would be twice as large with them.
 */
export type ListedEntry = Pick<
  Entry,
  | 'sequence'
  | 'id'
  | 'account'
  | 'document'
  | 'state'
  | 'acceptedAt'
  | 'attempts'
  | 'providerDocumentId'
  | 'registration'
  | 'reason'
> & {
  /** Id of the entry that this rejected one was resubmitted as, if it was. */
  readonly supersededBy?: string;
};

/** Returns the status on the wire: until it is final, the progress of delivery is not shown. */
export function wireStatus(state: EntryState): ReceiptStatus {
  return state === 'registered' || state === 'rejected' ? state : 'pending';
}

export type FinalState = (typeof finalStates)[number];

/** Whether nothing more happens to an entry in this state unless an operator intervenes. */
export function isFinal(state: EntryState): state is FinalState {
  return finalStates.some((final) => final === state);
}
