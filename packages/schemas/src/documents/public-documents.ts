import { z } from 'zod';
import { correctionObjectFormats } from '../correction/correction-object-schema.js';
import {
  correctionInfoSchema,
  markedCorrectionSchema,
  plainCorrectionCompanySchema,
  plainCorrectionCustomerSchema,
  plainCorrectionSchema,
  vatTotalSchema,
} from '../correction/correction-schema.js';
import { closingPositionSchema } from '../origin/closing-request.js';
import { refundPositionSchema } from '../origin/refund-request.js';
import { russianCompanySchema, uzbekCompanySchema } from '../receipt/company.js';
import { russianCustomerSchema, uzbekCustomerSchema } from '../receipt/customer.js';
import { markCodeTypeSchema } from '../receipt/mark-code-type.js';
import { operatingDetailSchema } from '../receipt/operating-detail.js';
import { markedPositionSchema, russianPositionSchema, uzbekPositionSchema } from '../receipt/position.js';
import { receiptObjectFormats, receiptOriginSchema } from '../receipt/receipt-object-schema.js';
import { markedReceiptSchema, russianReceiptSchema, uzbekReceiptSchema } from '../receipt/receipt-schema.js';
import { supplierSchema } from '../receipt/supplier.js';
import { userPropsSchema } from '../receipt/user-props.js';
import { answerSchema } from '../schema/answer-schema.js';
import { confirmationDocuments } from './confirmation-documents.js';
import { correctionDocuments } from './correction-documents.js';
import { endpointDocuments } from './endpoint-documents.js';
import { entryDocuments } from './entry-documents.js';
import { entrySchema } from './entry-schema.js';
import { errorFaultSchema } from './envelope-schemas.js';
import { errorDocuments } from './error-documents.js';
import { eventDocuments } from './event-documents.js';
import { operatorDocuments } from './operator-documents.js';
import type { PublicDocument } from './public-document.js';
import { receiptDocuments } from './receipt-documents.js';
import { reportDocuments } from './report-documents.js';

/** All documents of the public contract. */
export const publicDocuments: readonly PublicDocument[] = [
  ...receiptDocuments,
  ...correctionDocuments,
  ...confirmationDocuments,
  ...errorDocuments,
  ...entryDocuments,
  ...operatorDocuments,
  ...reportDocuments,
  ...eventDocuments,
  ...endpointDocuments,
];

/** Metadata of a published schema. */
export type DocumentMeta = Readonly<Record<string, unknown>> & { readonly id?: string | undefined };

/** Registry of our own metadata, over the descriptions that stand beside the fields. */
class DocumentRegistry extends z.core.$ZodRegistry<DocumentMeta> {
  override get(schema: z.core.$ZodType) {
    // Not inherited: a field that holds a document has a description of its own, and none of its examples.
    const meta: DocumentMeta = { ...z.globalRegistry.get(schema), ...this._map.get(schema) };
    return Object.keys(meta).length > 0 ? meta : undefined;
  }
}

/**
 * Creates the private registry of the public contract: id, title, description and examples of every document,
 * ids of its parts.
 */
export function createDocumentRegistry(
  documents: readonly PublicDocument[] = publicDocuments,
): z.core.$ZodRegistry<DocumentMeta> {
  const registry = new DocumentRegistry();
  for (const { name, schema, title, description, examples } of documents) {
    registry.add(schema, { id: name, title, description, examples });
  }
  for (const [id, schema] of Object.entries(namedParts)) registry.add(schema, { id });
  return registry;
}

const requestParts: Readonly<Record<string, z.ZodType>> = {
  'receipt-ru-1-05': russianReceiptSchema,
  'receipt-ru-1-2': markedReceiptSchema,
  'receipt-uz-1-0': uzbekReceiptSchema,
  'correction-ru-1-05': plainCorrectionSchema,
  'correction-ru-1-2': markedCorrectionSchema,
  'correction-info': correctionInfoSchema,
  'correction-company': plainCorrectionCompanySchema,
  'correction-customer': plainCorrectionCustomerSchema,
  'vat-total': vatTotalSchema,
  'position-ru-1-05': russianPositionSchema,
  'position-ru-1-2': markedPositionSchema,
  'position-uz-1-0': uzbekPositionSchema,
  'company-ru': russianCompanySchema,
  'company-uz': uzbekCompanySchema,
  'customer-ru': russianCustomerSchema,
  'customer-uz': uzbekCustomerSchema,
  supplier: supplierSchema,
  'mark-code': markCodeTypeSchema,
  'operating-detail': operatingDetailSchema,
  'user-props': userPropsSchema,
};

const answerParts = Object.entries(requestParts).map(([name, schema]) => [
  `printed-${name}`,
  answerSchema(schema),
]);

/** Parts of documents with a name of their own in published schemas, so that generated types have it too. */
const namedParts: Readonly<Record<string, z.ZodType>> = {
  ...requestParts,
  ...Object.fromEntries(answerParts),
  ...receiptObjectFormats,
  ...correctionObjectFormats,
  'receipt-origin': receiptOriginSchema,
  'refund-position': refundPositionSchema,
  'closing-position': closingPositionSchema,
  entry: entrySchema,
  'printed-fault': errorFaultSchema,
};
