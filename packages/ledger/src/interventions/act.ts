/** What a person can do to an entry. */
export const actions = ['retry', 'park', 'resolve', 'resubmit'] as const;

export type Action = (typeof actions)[number];

/** Who does something to an entry, and why. */
export interface Act {
  /** The entry's id. */
  readonly id: string;
  /** Who acts: 1–64 printable characters. */
  readonly by: string;
  /** Why: 1–500 characters. Kept in the journal for good, so it must not hold a buyer's data. */
  readonly reason: string;
}

/** What a person found out about a document. */
export type FoundOutcome =
  | {
      readonly kind: 'registered';
      /** The provider's id of the document, 1–255 printable characters; what is known of it already when absent. */
      readonly providerDocumentId?: string | undefined;
      /** Link or QR text of the receipt, from which its fiscal mark is read. */
      readonly link?: string | undefined;
    }
  | { readonly kind: 'rejected' };
