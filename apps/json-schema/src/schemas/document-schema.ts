import type { DocumentMeta, PublicDocument } from '@fiscalkit/schemas/documents';
import { z } from 'zod';
import { absentNode } from './absent-node.js';
import { type Dialect, dialects, type JsonSchema, type Variant } from './json-schema.js';
import { mapSchema } from './map-schema.js';
import { portableNode } from './portable-node.js';

/** A document's schema, and the named parts that it refers to. */
export interface DocumentSchema {
  readonly root: JsonSchema;
  readonly parts: Readonly<Record<string, JsonSchema>>;
}

/** How a document is written as JSON Schema. */
export interface Writing {
  readonly registry: z.core.$ZodRegistry<DocumentMeta>;
  readonly dialect: Dialect;
  readonly variant: Variant;
}

/** Writes a document as JSON Schema. Throws for what can't be represented. */
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
