import { createDocumentRegistry, publicDocuments } from '@fiscalkit/schemas/documents';
import { bundleOf } from '../schemas/bundle.js';
import { documentSchema } from '../schemas/document-schema.js';
import type { JsonSchema } from '../schemas/json-schema.js';
import { mapSchema } from '../schemas/map-schema.js';

/** Every document and part of the contract, as OpenAPI 3.1 holds them: in the 2020-12 dialect, under `components`. */
export function componentSchemas(): Record<string, JsonSchema> {
  const writing = { registry: createDocumentRegistry(), dialect: '2020-12', variant: 'input' } as const;
  const bundle = bundleOf(
    publicDocuments.map((document) => ({ document, ...documentSchema(document, writing) })),
  );
  const moved = Object.entries(bundle).map(([name, schema]) => [name, mapSchema(schema, underComponents)]);
  return Object.fromEntries(moved);
}

function underComponents(node: JsonSchema): JsonSchema {
  const { $ref } = node;
  return typeof $ref === 'string'
    ? { ...node, $ref: $ref.replace('#/$defs/', '#/components/schemas/') }
    : node;
}
