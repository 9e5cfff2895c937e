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

/** One operation of a client, with the completion that is expected. */
export type Operation =
  /** Submits a document, from so many clients at the same time. */
  | ({ readonly kind: 'accept'; readonly copies: number } & PlannedRequest)
  /** Submits other content under a key, for a payment or with a link that is taken. */
  | { readonly kind: 'conflict'; readonly request: ClientRequest }
  /** Has the operator treat a refund held behind a rejected sale: let further sales pass, or drop it. */
  | {
      readonly kind: 'operate';
      readonly action: 'let-sales-pass' | 'drop';
      readonly sale: PlannedReceipt;
      readonly held: PlannedReceipt;
    };

/** Operations around one payment: each begins when the one before it was completed. */
export interface OperationSequence {
  readonly operations: readonly Operation[];
}
