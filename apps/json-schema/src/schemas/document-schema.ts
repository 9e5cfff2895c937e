import { isDeepStrictEqual } from 'node:util';
import type { DocumentMeta, PublicDocument } from '@fiscalkit/schemas/documents';
import { z } from 'zod';
import { type Dialect, dialects, isSchema, type JsonSchema, mapSchema, type Variant } from './json-schema.js';
import { portableNode } from './portable-schema.js';

/** A document's schema and the named parts that it refers to. */
export interface DocumentSchema {
  readonly root: JsonSchema;
  readonly parts: Readonly<Record<string, JsonSchema>>;
}

/** The options for writing a document as JSON Schema. */
export interface Writing {
  readonly registry: z.core.$ZodRegistry<DocumentMeta>;
  readonly dialect: Dialect;
  readonly variant: Variant;
}

/** Writes a document as JSON Schema. Throws for a schema that has no representation. */
export function documentSchema(
  document: PublicDocument,
  { registry, dialect, variant }: Writing,
): DocumentSchema {
  const { target, definitions } = dialects[dialect];
  const written = z.toJSONSchema(document.schema, {
    target,
    io: document.direction === 'answer' ? 'input' : variant,
    metadata: registry,
    cycles: 'throw',
    reused: 'inline',
    unrepresentable: 'throw',
  });
  const mayBeNothing = document.readsAbsent === true && variant === 'input';
  const portable = mapSchema(Object(written), (node) =>
    portableNode(mayBeNothing ? absentNode(node) : node, dialect),
  );
  const { [document.name]: root, ...parts } = Object(portable[definitions]) as Record<string, JsonSchema>;
  if (root === undefined) throw new Error(`${document.name} is not in the registry.`);
  const { title, description, examples: _, ...keywords } = root;
  const examples =
    variant === 'input' || document.direction === 'answer' ? { examples: document.examples } : {};
  return { root: { title, description, ...keywords, ...examples }, parts };
}

/** The two values that mean the same as an absent member. */
const nothing: JsonSchema = { enum: [null, ''] };

/** Keywords that stay outside the `anyOf` of an optional field. */
const around = ['title', 'description', 'default'];

/**
 * Lets each optional member of an object be `null` or `""` as well: an `anyOf` of its schema and of these
 * two. For documents that callers write; ours leave such members out.
 */
function absentNode(node: JsonSchema): JsonSchema {
  // The number of members means nothing when some of them count as absent.
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

/** Collects documents and their parts by name. Throws when one name has two meanings. */
export function bundleOf(
  written: readonly (DocumentSchema & { readonly document: PublicDocument })[],
): Record<string, JsonSchema> {
  const bundle = new Map<string, JsonSchema>();
  const add = (name: string, schema: JsonSchema) => {
    const { examples: _, ...keywords } = schema;
    const known = bundle.get(name);
    if (known !== undefined && !isDeepStrictEqual(known, keywords))
      throw new Error(`${name} means two things.`);
    bundle.set(name, keywords);
  };
  for (const { document, root, parts } of written) {
    for (const [name, part] of Object.entries(parts)) add(name, part);
    add(document.name, root);
  }
  return Object.fromEntries([...bundle].sort(([left], [right]) => (left < right ? -1 : 1)));
}
