import fc from 'fast-check';
import type { JsonSchema } from '../schemas/json-schema.js';
import { arbitraryOf } from './arbitrary-of.js';
import { mutate } from './mutate.js';
import { mutations } from './mutation.js';

/** Draws documents about a published schema of the 2020-12 dialect: half as it wants them, half with up to three changes. */
export function arbitraryDocument(schema: JsonSchema): fc.Arbitrary<unknown> {
  const sound = arbitraryOf(schema, Object(schema.$defs));
  const changes = fc.oneof(fc.constant([]), fc.array(mutations, { minLength: 1, maxLength: 3 }));
  return fc
    .tuple(sound, changes)
    .map(([document, drawn]) => drawn.reduce<unknown>(mutate, document))
    .map(asWritten);
}

/** What is left of a document on the wire: no `-0`, no `undefined`. */
function asWritten(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}
