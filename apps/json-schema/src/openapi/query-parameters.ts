import type { JsonSchema } from '../schemas/json-schema.js';

/** Writes the fields of a flat document as parameters of a query. */
export function queryParameters(schema: JsonSchema, examples: Readonly<Record<string, unknown>>) {
  const properties = Object.entries(Object(schema.properties) as Record<string, JsonSchema>);
  return properties.map(([name, { description, ...field }]) => ({
    name,
    in: 'query',
    description,
    schema: textual(field),
    ...(name in examples && { example: examples[name] }),
  }));
}

/** A query carries texts alone. */
function textual(field: JsonSchema): JsonSchema {
  const { anyOf, default: value, ...rest } = field;
  const alternatives = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  const text = alternatives.find(({ type }) => type === 'string') ?? rest;
  return value === undefined ? text : { ...text, default: String(value) };
}
