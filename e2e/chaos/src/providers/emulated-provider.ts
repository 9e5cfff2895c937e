import type { FaultRuleInput, Journal, JournalledReceipt, SandboxOptions } from '@fiscalkit/sandbox';
import type { RegisteredReceipt } from '../checker/identity.js';
import type { Observations, Violation } from '../checker/observations.js';
import type { HarnessMerchant, Shops } from '../generator/merchants.js';
import type { PlannedDocument, PlannedReceipt } from '../generator/planned-document.js';
import type { Profiles } from '../generator/profile.js';
import type { SequenceKinds } from '../generator/sequences.js';

/** Provider that receipts of a run are registered with: all that differs between the providers. */
export interface EmulatedProvider {
  readonly shops: Shops;
  readonly sequences: SequenceKinds;
  readonly profiles: Profiles;
  /** Options of the sandbox: its merchants and times. */
  readonly sandbox: SandboxOptions;
  /** Time for which the provider remembers an id, in milliseconds; `null` for one that compares none. */
  readonly memoryMs: number | null;
  /** Returns the secret of a merchant at the provider; one that is made up when absent. */
  secretOf?(merchant: HarnessMerchant): string;
  /** Times of the provider that are scaled, in words, for the report. */
  readonly times: readonly string[];
  /** Returns members of a merchant in the gateways' file; `secret` is the reference to its key there. */
  configurationOf(
    merchant: HarnessMerchant,
    place: { readonly url: string; readonly secret: object },
  ): object;
  /** Returns the rules by which the provider rejects the documents whose outcome is to be `rejected`. */
  rejections(documents: readonly PlannedDocument[]): readonly FaultRuleInput[];
  /** Returns the receipts of the journal as the checker compares them, oldest first. */
  receipts(journal: Journal, entries: readonly EntryOfPayment[]): readonly RegisteredReceipt[];
  /** Finds what the provider has of an entry that nobody else knows; `null` when that is not known now. */
  receiptsOf(query: EntryQuery): Promise<readonly JournalledReceipt[] | null>;
  /** Reviews what only this provider has. */
  review(observations: Observations, journal: Journal): Review;
}

/** Entry, as far as the receipts of a journal are assigned to it. */
export interface EntryOfPayment {
  readonly id: string;
  readonly paymentId: string;
}

/** Question of the operator for the receipt of an entry. */
export interface EntryQuery {
  readonly id: string;
  readonly document: PlannedReceipt;
  /** Reads the journal, of one payment or one id of ours. */
  journal(paymentId: string): Promise<Journal>;
  /** Returns the ids of receipts that other entries of the payment have; `null` when not known. */
  boundIds(): Promise<ReadonlySet<string> | null>;
}

/** Counts that only the runs of one provider have, and the violations in them. */
export interface Review {
  /** In one line. */
  readonly line: string;
  readonly heading: string;
  /** What is counted, in words. */
  readonly remark: string;
  /** Tables of counts, each under its heading. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The same for programs. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly violations: readonly Violation[];
}
