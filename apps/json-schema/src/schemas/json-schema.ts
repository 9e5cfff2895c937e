/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Whether a value is a schema, and not a list, a text or `false`. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The dialects that are published. */
export const dialects = {
  '2020-12': { target: 'draft-2020-12', definitions: '$defs' },
  'draft-07': { target: 'draft-07', definitions: 'definitions' },
} as const;

/** A dialect of JSON Schema that is published. */
export type Dialect = keyof typeof dialects;

/** `input` is a document as callers may write it, `output` its normal form. */
export type Variant = 'input' | 'output';

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const single = ['items', 'additionalProperties', 'not', 'propertyNames'];
const listed = ['anyOf', 'oneOf', 'allOf'];
const named = ['properties', '$defs', 'definitions'];

/** Applies a change to a schema and to every schema in it, innermost first. */
export function mapSchema(schema: JsonSchema, change: (node: JsonSchema) => JsonSchema): JsonSchema {
  const changed = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    mapKeyword(keyword, value, change),
  ]);
  return change(Object.fromEntries(changed));
}

function mapKeyword(keyword: string, value: unknown, change: (node: JsonSchema) => JsonSchema): unknown {
  if (single.includes(keyword)) return isSchema(value) ? mapSchema(value, change) : value;
  if (listed.includes(keyword) && Array.isArray(value)) return value.map((node) => mapSchema(node, change));
  if (!named.includes(keyword)) return value;
  const members = Object.entries(Object(value)).map(([name, node]) => [
    name,
    mapSchema(Object(node), change),
  ]);
  return Object.fromEntries(members);
}
