import { confirmationDocuments } from './confirmation-documents.js';
import { entryDocuments } from './entry-documents.js';
import { errorDocuments } from './error-documents.js';
import { operatorDocuments } from './operator-documents.js';
import type { PublicDocument } from './public-document.js';
import { receiptDocuments } from './receipt-documents.js';

/** Every document of the public contract. */
export const publicDocuments: readonly PublicDocument[] = [
  ...receiptDocuments,
  ...confirmationDocuments,
  ...errorDocuments,
  ...entryDocuments,
  ...operatorDocuments,
];
