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

/** Where an entry is on its way. */
export type EntryState = (typeof entryStates)[number];

/** States in which nothing more happens unless a person acts. */
export const finalStates = ['registered', 'rejected'] as const satisfies readonly EntryState[];

/** What an entry is searched and listed by. */
export interface EntryFacets {
  readonly paymentId: string;
  /** `sell`, `sell_refund`, …; `null` for operations that are not receipts. */
  readonly operationType: string | null;
  /** Total in minor units; `null` for operations without one. */
  readonly totalMinor: number | null;
}

/** A document that is to be accepted: complete, checked and frozen. */
export interface NewEntry {
  /** UUID; the receipt id that the caller sees. */
  readonly id: string;
  readonly merchant: string;
  readonly provider: string;
  /**
   * The provider's account that the document is for, as `accountName` writes it. It changes only while nothing was ever sent.
   */
  readonly account: string;
  /** `receipt`, `confirmation.anor`, … */
  readonly operation: string;
  /** Unique per merchant: the caller's key, or one derived from the content. */
  readonly idempotencyKey: string;
  /** SHA-256 of what the caller sent, in hex: tells a repeat from a conflict. */
  readonly contentDigest: string;
  /** Further names that only one live entry of the merchant may hold, for example `link:…`; let go on rejection. */
  readonly uniqueKeys: readonly string[];
  /**
   * Entries with the same key are delivered one at a time, in the order in which they were accepted, whatever their merchant:
   * it names the provider's account and the payment.
   */
  readonly orderingKey: string;
  readonly facets: EntryFacets;
  /**
   * What the store does when an entry with the same content is there for the same payment, under another key and not
   * rejected: it refuses the new one, or answers with the first. Both are accepted when absent. Not stored.
   */
  readonly onTwin?: 'refuse' | 'replay';
  /** The normalised document, in the wire's field names. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly request: RegistrationRequest;
}

/** An entry as the store keeps it. */
export interface Entry extends NewEntry {
  /** Rises with every accepted entry of the store. */
  readonly sequence: number;
  readonly state: EntryState;
  /** How many rows the journal of the entry has. */
  readonly version: number;
  /** When the entry was accepted. */
  readonly acceptedAt: Date;
  /** When the state last changed. */
  readonly changedAt: Date;
  /**
   * When the next step is due: while a worker holds the entry, when its lease runs out. `null` when none is: the entry is
   * final or parked, or waits for an earlier one of its ordering key.
   */
  readonly dueAt: Date | null;
  /** How often the frozen bytes were sent. */
  readonly attempts: number;
  /** Steps in a row that brought nothing new: what back-off counts. */
  readonly failures: number;
  /** When the first attempt began, and the last. */
  readonly firstAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly providerDocumentId: string | null;
  readonly registration: Registration | null;
  /** Why the last step did not bring the registration. */
  readonly reason: Reason | null;
}

/** What of an entry a list tells. The frozen bytes are not among it: a page would be twice as large with them. */
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
  /** Id of the entry that this rejected one was handed in again as, if it was. */
  readonly supersededBy?: string;
};

/** The status that a receipt's owner sees: until it is final, how far delivery has come is no news. */
export function wireStatus(state: EntryState): ReceiptStatus {
  return state === 'registered' || state === 'rejected' ? state : 'pending';
}

export type FinalState = (typeof finalStates)[number];

/** Whether nothing more happens to an entry in this state unless a person acts. */
export function isFinal(state: EntryState): state is FinalState {
  return finalStates.some((final) => final === state);
}
