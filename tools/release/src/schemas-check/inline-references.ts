import { type JsonSchema, schemaFrom } from './json-schema.js';

/**
 * A document's schema with every reference replaced by the part that it names; what stands beside a reference wins. Parts never refer
 * back to themselves: the generator refuses that.
 */
export function inlineReferences(document: JsonSchema): JsonSchema {
  const inline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...beside } = value as JsonSchema;
    const members = Object.fromEntries(
      Object.entries(beside).map(([name, member]) => [name, inline(member)]),
    );
    return typeof $ref === 'string' ? { ...schemaFrom(inline(partOf(document, $ref))), ...members } : members;
  };
  const { $defs: _, definitions: __, ...root } = document;
  return schemaFrom(inline(root));
}

function partOf(document: JsonSchema, reference: string): unknown {
  const found = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => Object(node)[step], document);
  if (!reference.startsWith('#/') || found === undefined) throw new Error(`${reference} leads nowhere.`);
  return found;
}
