import { isDeepStrictEqual } from 'node:util';
import type { PublicDocument } from '@fiscalkit/schemas/documents';
import type { DocumentSchema } from './document-schema.js';
import type { JsonSchema } from './json-schema.js';

/** Puts documents and their parts under one roof, by name. Throws when one name means two things. */
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
