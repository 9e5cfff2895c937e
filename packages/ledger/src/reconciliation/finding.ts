import type { Country } from '@fiscalkit/schemas';
import type { StoredReceipt } from '../store/receipt-reads.js';
import type { PaymentType } from './payment-record.js';

/** Kinds of findings, in the order in which they are reported; each is a permanent code behind `reconciliation.`. */
export const findingKinds = [
  'paid-without-receipt',
  'receipt-without-payment',
  'amount-differs',
  'two-receipts',
  'refund-without-receipt',
  'other-system',
  'mark-differs',
] as const;

/** Kind of a finding. */
export type FindingKind = (typeof findingKinds)[number];

/** Safe acts by permanent name, in words. Nothing of it is done by a comparison. */
export const adviceTexts = {
  'hand-in': 'Hand the receipt in now: the ledger has none for this payment, and it is still in time.',
  resubmit: 'Resubmit the rejected receipt, corrected where its reason asks for it: it is still in time.',
  'refund-receipt':
    'Make the refund of the receipt of the sale: money was given back, and it is still in time.',
  replace: 'Refund the receipt with the wrong amount, and hand in one with the right amount.',
  'refund-surplus': 'Refund the surplus receipt, once it is sure that no second payment was made.',
  correct: 'Make a correction receipt: it is too late for the receipt itself.',
  'check-payment':
    'Look the payment up: refund the receipt if no money was taken, or add the payment to the file.',
  person: 'A person decides: nothing that a program may do is surely right.',
} as const;

/** Safe act. */
export type Advice = keyof typeof adviceTexts;

/** Something that does not fit together. */
export interface ReconciliationFinding {
  readonly code: `reconciliation.${FindingKind}`;
  readonly kind: FindingKind;
  readonly message: string;
  readonly advice: Advice;
  readonly paymentId: string;
  readonly operationType: string | null;
  readonly payment?: FoundPayment;
  /** Receipts of the ledger that it is about. */
  readonly receipts: readonly FoundReceipt[];
  /** Document that the provider shows. */
  readonly listed?: FoundDocument;
}

/** Payment of a finding. */
export interface FoundPayment {
  readonly line: number;
  readonly amountMinor: number;
  readonly time: Date;
}

/** Receipt of a finding; without the buyer's data. */
export interface FoundReceipt extends Pick<StoredReceipt, 'id' | 'state' | 'totalMinor' | 'acceptedAt'> {
  readonly reasonCode: string | null;
}

/** Document of a provider in a finding. */
export interface FoundDocument {
  readonly provider: string;
  readonly providerDocumentId: string;
  readonly totalMinor: number | null;
  readonly status: string | null;
  /** Names of the members of the mark that differ; never their values. */
  readonly differs: readonly string[];
}

const messages: Readonly<Record<FindingKind, string>> = {
  'paid-without-receipt': 'A payment was taken, and the ledger has no receipt of it.',
  'receipt-without-payment': 'A receipt was registered, and its payment is not among the payments.',
  'amount-differs': 'The receipt has another amount than the payment.',
  'two-receipts': 'A payment has more registered receipts than it should.',
  'refund-without-receipt': 'Money was given back, and the ledger has no refund receipt of it.',
  'other-system': 'The provider shows a receipt that the ledger has not made.',
  'mark-differs': 'The provider shows another fiscal mark, or another outcome, than the ledger.',
};

type FindingFacts = Omit<ReconciliationFinding, 'code' | 'message'>;

/** Creates a finding. */
export function findingOf({ kind, ...facts }: FindingFacts): ReconciliationFinding {
  return { code: `reconciliation.${kind}`, kind, message: messages[kind], ...facts };
}

/** Returns what of a receipt a finding tells. */
export function foundReceipt({ id, state, totalMinor, acceptedAt, reasonCode }: StoredReceipt): FoundReceipt {
  return { id, state, totalMinor, acceptedAt, reasonCode };
}

/** Countries whose registers take correction receipts. */
const withCorrections: ReadonlySet<Country> = new Set(['ru']);

/** What a safe act depends on beside the kind of the finding. */
export interface AdviceCircumstances {
  /** `null` where it is not known. */
  readonly country: Country | null;
  /** Whether the receipt itself may still be made. */
  readonly inTime: boolean;
  /** Whether the ledger has a rejected receipt of the payment. */
  readonly wasRejected?: boolean;
  /** Whether the ledger has a registered receipt of the sale that a refund can be made of. */
  readonly hasSale?: boolean;
}

/**
 * Returns the safe act: the receipt itself while it is in time, then a correction where the country has one,
 * else a person.
 */
export function adviceOn(kind: FindingKind, circumstances: AdviceCircumstances): Advice {
  const { country, inTime, wasRejected = false, hasSale = false } = circumstances;
  const late = country !== null && withCorrections.has(country) ? 'correct' : 'person';
  switch (kind) {
    case 'paid-without-receipt':
      if (!inTime) return late;
      return wasRejected ? 'resubmit' : 'hand-in';
    case 'refund-without-receipt':
      if (!inTime) return late;
      if (wasRejected) return 'resubmit';
      return hasSale ? 'refund-receipt' : 'hand-in';
    case 'amount-differs':
      return inTime ? 'replace' : late;
    case 'two-receipts':
      return inTime || late === 'correct' ? 'refund-surplus' : 'person';
    case 'receipt-without-payment':
      return 'check-payment';
    case 'other-system':
    case 'mark-differs':
      return 'person';
  }
}

/** Returns the operation type of a sale's refunds. */
export function refundOf(type: 'sell' | 'buy'): PaymentType {
  return `${type}_refund`;
}
