import type { PlannedDocument, PlannedReceipt } from './planned-document.js';

/** A client's request; repeats are equal byte by byte. */
export interface ClientRequest {
  readonly merchant: string;
  readonly path: string;
  readonly body: string;
  /** `Idempotency-Key`; `null` when the client sends none. */
  readonly key: string | null;
  /** Whether the client marks a document that equals another of its payment as meant. */
  readonly isMeant: boolean;
}

/** A document with a request that submits it. */
export interface PlannedRequest<Document = PlannedDocument> {
  readonly document: Document;
  readonly request: ClientRequest;
}

/** A client's request for receipts that the ledger makes from another. */
export interface DeriveRequest {
  /** The receipt that it is made from: the client names it by the id that it was reported under. */
  readonly origin: PlannedReceipt;
  readonly action: 'refund' | 'close';
  readonly body: string;
  /** Keys under which it is submitted at the same time, `null` for none: it is one request all the same. */
  readonly keys: readonly (string | null)[];
}

/** A request for derived receipts, with what may come of it. */
export interface PlannedDerivation {
  readonly request: DeriveRequest;
  /** Receipts that are made if it is accepted: which of these depends on what was accepted before it. */
  readonly alternatives: readonly (readonly PlannedReceipt[])[];
  /** Codes with which it may be refused. */
  readonly refusals: readonly string[];
}

/** One operation of a client, with the completion that is expected. */
export type Operation =
  /** Submits a document, from so many clients at the same time. */
  | ({ readonly kind: 'accept'; readonly copies: number } & PlannedRequest)
  /** Has receipts made from another by several requests at the same time, of which so many are accepted. */
  | ({ readonly kind: 'derive'; readonly requests: readonly PlannedDerivation[] } & AcceptedRequests)
  /** Submits other content under a key, for a payment or with a link that is taken. */
  | { readonly kind: 'conflict'; readonly request: ClientRequest }
  /** Has the operator treat a refund held behind a rejected sale: let further sales pass, or drop it. */
  | {
      readonly kind: 'operate';
      readonly action: 'let-sales-pass' | 'drop';
      readonly sale: PlannedReceipt;
      readonly held: PlannedReceipt;
    };

/** How many of several requests are accepted; both ends included. */
export interface AcceptedRequests {
  readonly least: number;
  readonly most: number;
}

/** Operations around one payment: each begins when the one before it was completed. */
export interface OperationSequence {
  readonly operations: readonly Operation[];
}
