import type { FiscalMark } from '@fiscalkit/schemas';
import type { ProviderCapabilities, UnknownPlan } from './capabilities.js';
import type { LateField } from './late-field.js';
import type { Finding, Reason, Registration, Verdict } from './verdict.js';

/**
 * Account through which documents are registered: a provider limits, searches and bills by it. Trouble of one
 * account says nothing about another. Its key is no part of it, so a changed key is no changed account.
 */
export interface ProviderAccount {
  /** Address of its API: `https://host:port`, perhaps with a path. */
  readonly address: string;
  /** Provider's own id of the merchant; `null` if the provider has none. */
  readonly merchantId: string | null;
}

/** Document to register, before it is frozen. */
export interface RegistrationDocument {
  /** One of the provider's operations. */
  readonly operation: string;
  /** Checked, normalised document in the wire's own field names. */
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * Frozen request: stored before the first attempt and sent, byte for byte but for late fields, by every
 * attempt.
 */
export interface RegistrationRequest {
  readonly operation: string;
  /** Our own reference, created once. */
  readonly reference: string;
  /** Time of the business event. */
  readonly businessTime: Date;
  /** Exact bytes of the body. */
  readonly body: Uint8Array;
}

/** Receipt of ours that a document refunds or closes: several registers want its number or its link. */
export interface OriginDocument {
  /** Our own reference of it. */
  readonly reference: string;
  /** Checked, normalised document in the wire's own field names. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly providerDocumentId: string | null;
  /** Fiscal mark, link and provider's id; `null` before it is registered. */
  readonly registration: Registration | null;
}

/** Identity of a document, and what it was made from. */
export interface DocumentIdentity {
  readonly reference: string;
  readonly businessTime: Date;
  /** Address that the provider may call when something has happened to the document. Contains a secret. */
  readonly callbackUrl?: string;
  /** The receipt that it refunds or closes, as it is known when the document is accepted. */
  readonly origin?: OriginDocument;
}

/** Limits of one call. */
export interface CallOptions {
  /** Cancels the call; an attempt that was cancelled after it began is `unknown`. */
  readonly signal?: AbortSignal;
}

/** Circumstances of sending a document. */
export interface SubmitOptions extends CallOptions {
  /** The receipt that it refunds or closes, as it is known now. */
  readonly origin?: OriginDocument;
}

/** Facts by which a search tells our document from others. */
export interface FindOptions extends CallOptions {
  /** Beginning of the first attempt, by our clock: with right clocks, no document of ours is older. */
  readonly since: Date;
  /** Provider documents that already belong to other entries of ours. */
  readonly boundDocumentIds: ReadonlySet<string>;
  /** Provider's id of our document, if an answer contained one: it is requested first. */
  readonly providerDocumentId?: string;
  /**
   * Returns what this ledger has under another payment id, which the provider may take for the same (`00123`
   * and `123`). Without it, no other payment is considered.
   */
  readonly otherPayment?: (paymentId: string) => Promise<OtherPayment>;
}

/** Documents of a ledger under the id of one payment. */
export interface OtherPayment {
  readonly boundDocumentIds: ReadonlySet<string>;
  /** Whether something was sent for it whose document is not known. */
  readonly open: boolean;
}

/** Call of a provider to us, as it arrived. */
export interface IncomingCallback {
  readonly body: Uint8Array;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Content of a callback. It is no verdict: it names a document whose state is worth a question. */
export interface CallbackHint {
  /** Our own reference of the document. */
  readonly reference: string;
  /** Provider's id of the document: only where a signature proves that the provider itself wrote both. */
  readonly providerDocumentId?: string;
}

/** Window of time whose documents are listed, by the provider's clock. */
export interface ListWindow extends CallOptions {
  readonly from: Date;
  /** Exclusive. */
  readonly before: Date;
}

/** Document as a provider lists it; what it does not show, or not readably, is `null`. */
export interface ListedDocument {
  readonly providerDocumentId: string;
  readonly paymentId: string | null;
  /** `sell`, `sell_refund`, … */
  readonly operationType: string | null;
  readonly totalMinor: number | null;
  readonly status: 'registered' | 'pending' | 'rejected' | null;
  readonly mark: FiscalMark | null;
  readonly createdAt: Date | null;
}

/**
 * Remote system that registers. Every call makes one attempt and never throws for an answer of the provider;
 * it throws only for misuse (a document that the provider can't carry, in `freeze`).
 */
export interface Provider {
  /** Stable name, stored with every entry: `freedompay`. */
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  readonly account: ProviderAccount;
  /** Fields that `submit` puts into the frozen bytes with `withLateFields`; none when absent. */
  readonly lateFields?: readonly LateField[];
  /** Guarantees after an unknown outcome, and what a person does about one that stays. */
  readonly unknownOutcome: UnknownOutcome;
  /**
   * Converts a document into the bytes to send. Pure. Throws a `FiscalError` with code `provider.unsupported`
   * for a document or field that the provider can't carry: before anything is stored, and drops no value.
   */
  freeze(document: RegistrationDocument, identity: DocumentIdentity): RegistrationRequest;
  /** Sends the frozen bytes once, with the late fields as they are right now. */
  submit(request: RegistrationRequest, options?: SubmitOptions): Promise<Verdict>;
  /**
   * Queries once the state of a document that was `pending`. `unknown` means only that this query got no
   * answer; `provider.not-found` and `provider.mismatch` that the provider does not know the id now, which is
   * doubtful once the attempt has settled.
   */
  poll(request: RegistrationRequest, providerDocumentId: string, options?: CallOptions): Promise<Verdict>;
  /** Searches once for the document of a request whose outcome is unknown. */
  find(request: RegistrationRequest, options: FindOptions): Promise<Finding>;
  /**
   * Lists the documents of a window in portions, everybody's of this account, each once. Absent for a provider
   * that can't be listed. Throws a `FiscalError` with the provider's code where the list ends too early
   * (`provider.too-large`, `provider.timeout`, …): what it has not shown is not absent.
   */
  list?(window: ListWindow): AsyncIterable<readonly ListedDocument[]>;
  /**
   * Makes one call that changes nothing, to show that address and credentials are right; returns why it failed,
   * `null` for success. Absent for a provider without such a call.
   */
  check?(options?: CallOptions): Promise<Reason | null>;
  /**
   * Parses a callback; `null` for one that names no document of ours. Anybody may have written it. Absent for a
   * provider that never calls back.
   */
  readCallback?(callback: IncomingCallback): CallbackHint | null;
  /** Closes the connections that the provider opened. */
  close(): Promise<void>;
}

/** Description of unknown outcomes for the people who answer for them, in one or two sentences each. */
export interface UnknownOutcome {
  readonly plan: UnknownPlan;
  /** How the ledger finds out the outcome. */
  readonly foundOutBy: string;
  /** What can be relied on, and under which condition. */
  readonly guarantee: string;
  /** Cases in which a document may still be doubled, missed or taken for another. */
  readonly remainingWindow: string;
  /** What a person looks up at the provider, and which action follows. */
  readonly personChecks: string;
}
