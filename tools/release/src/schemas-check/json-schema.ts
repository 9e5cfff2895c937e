/** A schema, or a part of one, as it was read from a file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Reads a value as a schema. `true` and what is missing allow everything. */
export function schemaFrom(value: unknown): JsonSchema {
  if (value === false) return { not: {} };
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}

/** Schemas by name, as under `properties`. */
export function schemasFrom(value: unknown): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, schema]) => [name, schemaFrom(schema)]),
  );
}

/** The members of a list, and none when there is no list. */
export function listFrom(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
