export { exampleDay } from '../examples/checked-example.js';
export type { FaultyDocument } from '../examples/faulty-receipts.js';
export { structuralFaults } from '../structure/structural-faults.js';
export { createDocumentRegistry, type DocumentMeta } from './document-registry.js';
export { faultyDocuments } from './faulty-documents.js';
export type { PublicDocument } from './public-document.js';
export { publicDocuments } from './public-documents.js';
