import { isSchema, type JsonSchema } from './json-schema.js';

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
