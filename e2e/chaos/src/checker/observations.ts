import type { Journal } from '@fiscalkit/sandbox';
import type { PlannedDocument } from '../generator/planned-document.js';
import type { ReportedDocument } from '../history/history.js';
import type { RegisteredReceipt } from './identity.js';
import type { StoredDocument } from './stored-documents.js';

/** Plan of a run, and what was observed of it: in the history, the ledger and the provider's journal. */
export interface Observations {
  readonly planned: readonly PlannedDocument[];
  readonly reported: readonly ReportedDocument[];
  /** Entries that the operator resubmitted, by id, with their documents. */
  readonly superseded: ReadonlyMap<string, PlannedDocument>;
  /** In the order in which they were accepted. */
  readonly stored: readonly StoredDocument[];
  /** The provider's journal, oldest first. */
  readonly provider: Pick<Journal, 'confirmations'> & { readonly receipts: readonly RegisteredReceipt[] };
}

/** Kinds of violations, with their meaning as the report explains it. */
export const violationKinds = {
  lost: 'handed in and told to be stored, but the provider does not have it',
  doubled: 'the provider has it more than once, or it was stored more than once',
  'out-of-order': 'the provider got it before an earlier document of its payment',
  'over-refunded': 'the provider has more refunded, or delivered, of a payment than was sold, or prepaid',
  'refund-without-sale': 'the provider registered a refund although it had no live sale of its payment',
  'told-not-stored': 'told to be stored, but the ledger does not have it',
  'stored-not-told': 'in the ledger, but nobody was told so',
  'told-otherwise': 'told something else than the ledger or the provider says',
  'stored-otherwise': 'the ledger says something else than the provider',
  unfinished: 'without an outcome long after all trouble was over',
  'outcome-changed': 'another result was written after the outcome',
  'broken-chain': 'the journal does not hold together',
  unrecognised: 'more than one lost answer in a hundred was not recognised without a person',
  'handed-over': 'left to a person too early, or although it is certain that nothing was registered',
  'not-delivered': 'an event that no endpoint of its merchant ever took',
  'delivered-out-of-order': 'an endpoint first took an event after a later one of the same document',
  'delivered-elsewhere': 'an event that came to the endpoint of another merchant, or without its signature',
  'wrong-answer': 'an answer that no correct request may get',
  fallen: 'a gateway ended by itself while it was running',
} as const;

export type ViolationKind = keyof typeof violationKinds;

/** A violation, with what is needed to look it up. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}
