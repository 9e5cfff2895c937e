import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema, listFrom, schemaFrom, schemasFrom } from './json-schema.js';
import { wordKeywords } from './keyword-effects.js';

/** The ways in which a schema may be met, each with all that the schema says around them. One way when it names none. */
export function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, oneOf, ...around } = schema;
  const named = [...listFrom(anyOf), ...listFrom(oneOf)];
  const structure = Object.entries(around).filter(([keyword]) => !wordKeywords.includes(keyword));
  if (named.length === 0) return [Object.fromEntries(structure)];
  return named.map((alternative) => ({ ...Object.fromEntries(structure), ...schemaFrom(alternative) }));
}

/** What an alternative is told by: the one value that a field of it must have, else its type. */
export function nameOf(alternative: JsonSchema): string {
  for (const [field, schema] of Object.entries(schemasFrom(alternative.properties))) {
    const values = 'const' in schema ? [schema.const] : listFrom(schema.enum);
    if (values.length === 1) return `${field}=${values[0]}`;
  }
  return String(alternative.type ?? 'any');
}

/** Alternatives of both sides that belong together, and those that only one side has. */
export interface MatchedAlternatives {
  readonly pairs: readonly (readonly [released: JsonSchema, current: JsonSchema])[];
  readonly removed: readonly JsonSchema[];
  readonly added: readonly JsonSchema[];
}

/** Finds what belongs together: equals are left out, and those of one name are paired in their order. */
export function matchAlternatives(
  released: readonly JsonSchema[],
  current: readonly JsonSchema[],
): MatchedAlternatives {
  const has = (list: readonly JsonSchema[], each: JsonSchema) =>
    list.some((other) => isDeepStrictEqual(each, other));
  const alone = released.length === 1 && current.length === 1;
  const added = current.filter((each) => !has(released, each));
  const pairs: (readonly [JsonSchema, JsonSchema])[] = [];
  const removed = released
    .filter((each) => !has(current, each))
    .filter((each) => {
      const place = alone ? 0 : added.findIndex((other) => nameOf(other) === nameOf(each));
      const partner = place < 0 ? undefined : added.splice(place, 1)[0];
      if (partner) pairs.push([each, partner]);
      return partner === undefined;
    });
  return { pairs, removed, added };
}
