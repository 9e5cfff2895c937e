import type { OriginDocument } from '@fiscalkit/client';
import type { Correction, Receipt, ReceiptOrigin, Taken } from '@fiscalkit/schemas';
import type { Entry, NewEntry } from './entry.js';

/** The receipt that a receipt refunds or closes, and what it takes of it: a member of its document. */
export interface StoredOrigin extends ReceiptOrigin {
  readonly taken: Taken;
}

type Documented = Pick<NewEntry, 'document'>;

/** Returns the origin of a receipt that was made from another; `null` for any other document. */
export function originOf({ document }: Documented): StoredOrigin | null {
  // Only `withOrigin` ever writes the member: documents of callers are checked, and have none.
  return (document.origin as StoredOrigin | undefined) ?? null;
}

/** Returns a document without its origin, as it is checked and sent. */
export function sentDocument({ document: { origin: _, ...sent } }: Documented): NewEntry['document'] {
  return sent;
}

/** Returns the same of the entry of a receipt. */
export function receiptDocument(entry: Documented): Receipt {
  // Only a checked receipt is ever stored as the document of a receipt's entry.
  return sentDocument(entry) as unknown as Receipt;
}

/** Returns the document of the entry of a correction, which has no origin. */
export function correctionDocument({ document }: Documented): Correction {
  // Only a checked correction is ever stored as the document of a correction's entry.
  return document as unknown as Correction;
}

/** Returns the document to store for a receipt that was made from another. */
export function withOrigin(receipt: Receipt, origin: StoredOrigin | undefined): NewEntry['document'] {
  return origin ? { ...receipt, origin } : { ...receipt };
}

/** Returns a receipt as a provider sees it whose registers want to know what is refunded or closed. */
export function originDocument(origin: Entry): OriginDocument {
  const { registration, request, providerDocumentId } = origin;
  return {
    reference: request.reference,
    document: sentDocument(origin),
    providerDocumentId,
    registration,
  };
}
