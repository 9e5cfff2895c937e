import type { PlannedDocument, PlannedReceipt } from './planned-document.js';

/** One request, as often as it is repeated the same to the letter. */
export interface Ask {
  readonly merchant: string;
  readonly path: string;
  readonly body: string;
  /** The client's own `Idempotency-Key`; `null` when it sends none. */
  readonly key: string | null;
  /** Whether the client says that a document equal to another of its payment is meant. */
  readonly isMeant: boolean;
}

/** What a client asks for next, and what it must be told. */
export type StoryStep =
  | {
      readonly kind: 'hand-in';
      readonly document: PlannedDocument;
      readonly ask: Ask;
      /** How many clients ask at the same time. */
      readonly copies: number;
    }
  /** Other content under a key, for a payment or with a link that is taken. */
  | { readonly kind: 'conflict'; readonly ask: Ask }
  /** What a person does about a refund that waits behind a rejected sale: sees to it that sales pass, or drops the refund. */
  | {
      readonly kind: 'operate';
      readonly action: 'let-sales-pass' | 'drop';
      readonly sale: PlannedReceipt;
      readonly held: PlannedReceipt;
    };

/** What happens around one payment, in order: each step begins when the one before it was answered. */
export interface Story {
  readonly steps: readonly StoryStep[];
}
