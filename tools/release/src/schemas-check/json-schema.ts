/** A schema or a part of one, as read from a file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Reads a value as a schema. `true` and an absent value allow everything. */
export function schemaFrom(value: unknown): JsonSchema {
  if (value === false) return { not: {} };
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}

/** Reads schemas by name, as under `properties`. */
export function schemasFrom(value: unknown): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, schema]) => [name, schemaFrom(schema)]),
  );
}

/** Returns the members of a list; none when the value is no list. */
export function listFrom(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Returns a document's schema with each reference replaced by the part that it names; keywords beside a
 * reference win. Parts never refer back to themselves: the generator refuses that.
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
