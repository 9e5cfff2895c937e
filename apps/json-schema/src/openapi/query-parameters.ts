import { publicDocuments } from '@fiscalkit/schemas/documents';
import type { JsonSchema } from '../schemas/json-schema.js';

/** Describes the fields of a flat document as parameters of a query. */
export function queryParameters(document: string, schema: JsonSchema) {
  const written = publicDocuments.find(({ name }) => name === document)?.examples ?? [];
  const examples: Readonly<Record<string, unknown>> = Object.assign({}, ...written);
  const properties = Object.entries(Object(schema.properties) as Record<string, JsonSchema>);
  return properties.map(([name, { description, ...field }]) => ({
    name,
    in: 'query',
    description,
    schema: textual(field),
    ...(name in examples && { example: examples[name] }),
  }));
}

/** Our own way to page, beside the provider's `offset`. */
export const listCursor = {
  name: 'cursor',
  in: 'query',
  description:
    'receipt_id of the last one of the page before: the page begins behind it, however deep that is; not together with offset',
  schema: { type: 'string', format: 'uuid' },
  example: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
};

/** Returns the part of a field's schema that is for texts: a query has no other values. */
function textual(field: JsonSchema): JsonSchema {
  const { anyOf, default: value, ...rest } = field;
  const alternatives = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  const text = alternatives.find(({ type }) => type === 'string') ?? rest;
  return value === undefined ? text : { ...text, default: String(value) };
}
