import { z } from 'zod';
import { namedParts } from './named-parts.js';
import type { PublicDocument } from './public-document.js';
import { publicDocuments } from './public-documents.js';

/** What a published schema says of itself. */
export type DocumentMeta = Readonly<Record<string, unknown>> & { readonly id?: string | undefined };

/** Our own metadata of schemas, over the descriptions that stand beside their fields. */
class DocumentRegistry extends z.core.$ZodRegistry<DocumentMeta> {
  override get(schema: z.core.$ZodType) {
    // Not inherited: a field that holds a document has a description of its own, and none of its examples.
    const meta: DocumentMeta = { ...z.globalRegistry.get(schema), ...this._map.get(schema) };
    return Object.keys(meta).length > 0 ? meta : undefined;
  }
}

/** The private registry of the public contract: id, title, description and examples of every document, ids of its parts. */
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
