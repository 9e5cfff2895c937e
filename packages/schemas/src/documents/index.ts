export { faultyDocuments } from '../examples/faulty-documents.js';
export type { FaultyDocument } from '../examples/faulty-receipts.js';
export { exampleDay } from '../examples/receipt-answers.js';
export { structuralFaults } from '../schema/faults-of-zod.js';
export type { PublicDocument } from './public-document.js';
export { createDocumentRegistry, type DocumentMeta, publicDocuments } from './public-documents.js';
