export { exampleDay } from '../examples/checked-example.js';
export type { FaultyDocument } from '../examples/faulty-receipts.js';
export { structuralFaults } from '../schema/faults-of-zod.js';
export { faultyDocuments } from './faulty-documents.js';
export type { PublicDocument } from './public-document.js';
export { createDocumentRegistry, type DocumentMeta, publicDocuments } from './public-documents.js';
