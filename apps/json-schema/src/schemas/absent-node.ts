import { isSchema, type JsonSchema } from './json-schema.js';

/** What stands for nothing where a member may be left out. */
const nothing: JsonSchema = { enum: [null, ''] };

/** Words about a field, which stay around what it may be. */
const around = ['title', 'description', 'default'];

/**
 * Writes an object so that each member that may be left out may be `null` or `""` as well: `anyOf` of what it is and of these two. For
 * what callers write; what we print leaves such members out.
 */
export function absentNode(node: JsonSchema): JsonSchema {
  // How many members there are says nothing where some of them stand for nothing.
  const { minProperties: _, maxProperties: __, ...rest } = node;
  const { properties, required } = rest;
  if (!isSchema(properties)) return node;
  const names = Array.isArray(required) ? required : [];
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    names.includes(name) || !isSchema(field) ? field : orNothing(field),
  ]);
  return { ...rest, properties: Object.fromEntries(fields) };
}

function orNothing(field: JsonSchema): JsonSchema {
  const words = Object.entries(field).filter(([keyword]) => around.includes(keyword));
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(field).filter(([keyword]) => !around.includes(keyword)),
  );
  const options =
    Array.isArray(anyOf) && Object.keys(rest).length === 0
      ? anyOf
      : [{ ...rest, ...(anyOf !== undefined && { anyOf }) }];
  return { ...Object.fromEntries(words), anyOf: [...options, nothing] };
}
