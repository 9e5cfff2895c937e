import type { FiscalMark } from '@fiscalkit/schemas';

/** Why an attempt ended as it did. Safe to log, store and show, but for `providerMessage`: never a body, a key or a buyer's data. */
export interface Reason {
  /** Permanent dotted code, for example `provider.timeout`. */
  readonly code: string;
  readonly message: string;
  readonly httpStatus?: number;
  /** The provider's own code, as text. */
  readonly providerCode?: string;
  /**
   * What the provider itself says of a refusal, in its own words: one line of at most 300 characters, addresses and long runs of digits
   * masked. For the caller and for people who look at the entry; never for a log, since it may quote the document.
   */
  readonly providerMessage?: string;
  /** True when the provider as a whole is in trouble, not this one document: it counts towards the circuit breaker. */
  readonly outage?: boolean;
  /** The provider's documents that could be meant, ten at most; only with `provider.doubtful`. */
  readonly candidates?: readonly Candidate[];
  /** True once the document was sent again although nobody found out what became of an earlier attempt. Set by the ledger. */
  readonly earlierUnknown?: boolean;
}

/** A document of the provider's that could be ours and is not certainly ours. */
export interface Candidate {
  readonly providerDocumentId: string;
  /** Names of the fields that differ or can't be compared, `positions.name`; never their values. */
  readonly differs: readonly string[];
}

/** Proof that the provider has registered the document. */
export interface Registration {
  /** The provider's id of the document; `null` where it gives none. */
  readonly providerDocumentId: string | null;
  /** The mark of the receipt, of the one that was attached in case of a payment confirmation; `null` where there is none. */
  readonly mark: FiscalMark | null;
  /** Where the buyer can see the receipt. */
  readonly link: string | null;
  /** The provider's further answer fields, normalised, JSON-safe and without buyer data. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Done; here is the proof. */
export interface Registered {
  readonly kind: 'registered';
  readonly registration: Registration;
}

/** The provider has it and works on it; ask again. */
export interface Pending {
  readonly kind: 'pending';
  readonly providerDocumentId: string;
  /** The provider's advice on when to ask again, in milliseconds. */
  readonly pollAfterMs?: number;
  /** Why it is still pending although the provider says that it is done. */
  readonly reason?: Reason;
}

/** The provider will never take it; a person decides. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: Reason;
  /** The provider's id of the rejected document, where it has kept one: it must not be taken for a later one of ours. */
  readonly providerDocumentId?: string;
}

/** Certainly not processed; send the same bytes again later. */
export interface Retry {
  readonly kind: 'retry';
  readonly reason: Reason;
  /** The provider's advice (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number;
}

/** May have been processed; find it before sending again. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
}

/** The provider has something that could be this document and is not certainly it: a person looks, nothing is sent again. */
export interface Doubtful {
  readonly kind: 'doubtful';
  /** Its code is `provider.doubtful`. */
  readonly reason: Reason;
  /** The id that the provider gave to this very document; it is kept and asked for. */
  readonly providerDocumentId?: string;
}

/** What one attempt came to. */
export type Verdict = Registered | Pending | Rejected | Retry | Unknown | Doubtful;

/** What a search for a document of ours came to; `absent` means that the provider shows nothing that could be ours. */
export type Finding =
  | { readonly kind: 'found'; readonly verdict: Registered | Pending | Rejected }
  | { readonly kind: 'absent' }
  | Doubtful
  | { readonly kind: 'unknown'; readonly reason: Reason; readonly retryAfterMs?: number };
