import type { FiscalMark } from '@fiscalkit/schemas';

/** Reason of the end of an attempt: no body, key or buyer's data, but for `providerMessage`. Safe to log. */
export interface Reason {
  /** Permanent dotted code, for example `provider.timeout`. */
  readonly code: string;
  readonly message: string;
  readonly httpStatus?: number;
  /** The provider's own code, as text. */
  readonly providerCode?: string;
  /**
   * Provider's own words of a refusal: one line of at most 300 characters, addresses and long digits masked.
   * For the caller and for people who look at the entry; never for a log, as it may quote the document.
   */
  readonly providerMessage?: string;
  /** Whether the provider as a whole is in trouble: counts towards the circuit breaker. */
  readonly outage?: boolean;
  /** Documents of the provider that could be meant, ten at most; only with `provider.doubtful`. */
  readonly candidates?: readonly Candidate[];
  /** Whether it was sent again although an earlier attempt was never found out. Set by the ledger. */
  readonly earlierUnknown?: boolean;
  /**
   * Whether the provider has called the document done without proving it: no later failure of it is believed.
   * Set by the provider where that is no answer to a question, else by the ledger, which keeps it.
   */
  readonly calledDone?: boolean;
  /** What is known about sending it again, while an earlier attempt was never found out. Set by the ledger. */
  readonly repeat?: RepeatState;
}

/**
 * State of a repeat. `searched`: a search has shown since that the provider has nothing that could be it.
 * `settled`: no earlier attempt can still be under way, so that a refusal is conclusive. `refused`: a repeat was
 * refused before that, so it is sent once more when that is so.
 */
export type RepeatState = 'searched' | 'settled' | 'refused';

/** Document at the provider that could be ours and is not certainly ours. */
export interface Candidate {
  readonly providerDocumentId: string;
  /** Names of the fields that differ or can't be compared, `positions.name`; never their values. */
  readonly differs: readonly string[];
}

/** Proof that the provider has registered the document. */
export interface Registration {
  /** The provider's id of the document; `null` where it gives none. */
  readonly providerDocumentId: string | null;
  /** Fiscal mark of the receipt, or of the one attached to a payment; `null` if there is none. */
  readonly mark: FiscalMark | null;
  /** Address at which the buyer can see the receipt. */
  readonly link: string | null;
  /** Further fields of the answer, normalised, JSON-safe and without buyer data. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Registered, with the proof. */
export interface Registered {
  readonly kind: 'registered';
  readonly registration: Registration;
}

/** In progress at the provider; poll again. */
export interface Pending {
  readonly kind: 'pending';
  readonly providerDocumentId: string;
  /** Provider's advice on when to poll again, in milliseconds. */
  readonly pollAfterMs?: number;
  /** Why it is still pending although the provider reports it as done. */
  readonly reason?: Reason;
}

/** Rejected for good; a person decides. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: Reason;
  /** Provider's id of the rejected document, if any: it must not be taken for a later one of ours. */
  readonly providerDocumentId?: string;
  /**
   * Whether it is proven that nothing was registered, and only this reference is used up: the document may be
   * sent under a new one, which a ledger does by itself. Never where a register may have closed the receipt.
   */
  readonly reissue?: true;
}

/** Certainly not processed; send the same bytes again later. */
export interface Retry {
  readonly kind: 'retry';
  readonly reason: Reason;
  /** The provider's advice (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Possibly processed; search before sending again. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
}

/** Possibly at the provider, not certainly: a person looks, nothing is sent again. */
export interface Doubtful {
  readonly kind: 'doubtful';
  /** Its code is `provider.doubtful`. */
  readonly reason: Reason;
  /** Id that the provider gave to this very document; it is kept and polled. */
  readonly providerDocumentId?: string;
}

/** Result of one attempt. */
export type Verdict = Registered | Pending | Rejected | Retry | Unknown | Doubtful;

/** Result of a search for our document; `absent`: the provider shows nothing that could be ours. */
export type Finding =
  | { readonly kind: 'found'; readonly verdict: Registered | Pending | Rejected }
  | { readonly kind: 'absent' }
  | Doubtful
  | { readonly kind: 'unknown'; readonly reason: Reason; readonly retryAfterMs?: number };

/** Returns the finding that the verdict of a poll is, for a document whose outcome was not known. */
export function findingOf(verdict: Verdict): Finding {
  switch (verdict.kind) {
    case 'registered':
    case 'pending':
    case 'rejected':
      return { kind: 'found', verdict };
    case 'retry':
      return { ...verdict, kind: 'unknown' };
    default:
      return verdict;
  }
}
