import type { Finding, Verdict } from './verdict.js';

/** What a provider can do, as data: routing and delivery read it, nothing switches over provider names. */
export interface ProviderCapabilities {
  /** Operations it takes: `receipt`, `confirmation.anor`, … */
  readonly operations: readonly string[];
  /** Receipt formats it takes; empty for a provider that takes no receipts. */
  readonly formats: readonly string[];
  /**
   * What the provider itself compares to refuse or absorb a repeat: a key of ours, the payment that the document belongs
   * to, or nothing. Only with a key or a payment may an unknown outcome be re-sent without finding it first.
   */
  readonly deduplicatesBy: 'key' | 'payment' | 'nothing';
  /** How `find` recognises a document: by our reference, by its content, or not at all. */
  readonly findsBy: 'reference' | 'content' | 'nothing';
  /** Whether `submit` may answer `pending`, so that `poll` is needed. */
  readonly asynchronous: boolean;
  /**
   * How long after an attempt began the provider may still be processing it, in milliseconds. Before that, a search that
   * finds nothing proves nothing.
   */
  readonly settlesWithinMs: number;
}

/**
 * The account through which documents are registered: what a provider limits, searches and bills. Trouble of one account says
 * nothing about another. Its key is no part of it, so a changed key is no changed account.
 */
export interface ProviderAccount {
  /** Where its API lives: `https://host:port`, perhaps with a path. */
  readonly address: string;
  /** The provider's own id of the merchant there; `null` where the provider has none. */
  readonly merchantId: string | null;
}

/** A document on its way to a provider, before it is frozen. */
export interface RegistrationDocument {
  /** One of the provider's operations. */
  readonly operation: string;
  /** The checked, normalised document in the wire's own field names. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The frozen request: what is stored before the first attempt and sent, byte for byte, by every attempt. */
export interface RegistrationRequest {
  readonly operation: string;
  /** Our own reference, minted once. */
  readonly reference: string;
  /** When the business event took place. */
  readonly businessTime: Date;
  /** The exact bytes of the body. */
  readonly body: Uint8Array;
}

/** What bounds one call. */
export interface CallOptions {
  /** Cancels the call; an attempt that was cancelled after it began is `unknown`. */
  readonly signal?: AbortSignal;
}

/** What a search needs to tell our document from others. */
export interface FindOptions extends CallOptions {
  /** When the first attempt began, by our clock: no document of ours is older, as far as the clocks are right. */
  readonly since: Date;
  /** Provider documents that already belong to other entries of ours. */
  readonly boundDocumentIds: ReadonlySet<string>;
  /** The provider's id of our document, where an answer brought one: it is asked for first. */
  readonly providerDocumentId?: string;
  /**
   * What this ledger has under another payment id; asked for ids that the provider may take for the same (`00123` and `123`).
   * Without it, no other payment is thought of.
   */
  readonly otherPayment?: (paymentId: string) => Promise<OtherPayment>;
}

/** What a ledger has under the id of one payment. */
export interface OtherPayment {
  readonly boundDocumentIds: ReadonlySet<string>;
  /** Whether something was sent for it whose document is not known. */
  readonly open: boolean;
}

/**
 * A remote system that registers. Every call makes one attempt and never throws for what the provider said; it throws only
 * for misuse (a document that the provider can't carry, in `freeze`).
 */
export interface Provider {
  /** Stable name, stored with every entry: `freedompay`. */
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  readonly account: ProviderAccount;
  /** What is guaranteed after an unknown outcome, and what a person does about one that stays. */
  readonly unknownOutcome: UnknownOutcome;
  /**
   * Turns a document into the bytes to send. Pure. Throws a `FiscalError` with code `provider.unsupported` for a document
   * or a field that the provider can't carry: before anything is stored, never a dropped value.
   */
  freeze(
    document: RegistrationDocument,
    identity: { reference: string; businessTime: Date },
  ): RegistrationRequest;
  /** Sends the frozen bytes once. */
  submit(request: RegistrationRequest, options?: CallOptions): Promise<Verdict>;
  /**
   * Asks once how a document that was `pending` is doing. `unknown` means only that this question got no answer;
   * `provider.not-found` and `provider.mismatch` that the provider does not know the id now, which is doubtful once the attempt
   * has settled.
   */
  poll(request: RegistrationRequest, providerDocumentId: string, options?: CallOptions): Promise<Verdict>;
  /** Looks once for the document of a request whose outcome is unknown. */
  find(request: RegistrationRequest, options: FindOptions): Promise<Finding>;
  /** Closes the connections that the provider opened. */
  close(): Promise<void>;
}

/**
 * How an unknown outcome is found out: the document is searched before it may be sent again, the same frozen bytes are sent
 * again because the provider absorbs repeats, or a person looks because the provider offers neither.
 */
export type UnknownPlan = 'find' | 'resend' | 'person';

/** What a provider says about unknown outcomes, for the people who answer for them. One or two sentences each. */
export interface UnknownOutcome {
  readonly plan: UnknownPlan;
  /** How the ledger finds out what became of the document. */
  readonly foundOutBy: string;
  /** What can be relied on, and the condition that it rests on. */
  readonly guarantee: string;
  /** In which cases a document may still be doubled, missed or taken for another. */
  readonly remainingWindow: string;
  /** What a person looks up at the provider, and which act follows. */
  readonly personChecks: string;
}

/** The plan that follows from what a provider can do. A search comes first wherever there is one. */
export function unknownPlan({
  findsBy,
  deduplicatesBy,
}: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy'>): UnknownPlan {
  if (findsBy !== 'nothing') {
    return 'find';
  }
  return deduplicatesBy === 'nothing' ? 'person' : 'resend';
}
