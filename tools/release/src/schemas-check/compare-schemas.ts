import { isDeepStrictEqual } from 'node:util';
import { inlineReferences, type JsonSchema, listFrom, schemaFrom, schemasFrom } from './json-schema.js';
import { compareKeyword, type Difference, type Effect, type Pair, wordKeywords } from './keyword-rules.js';

/**
 * Lists the differences between the released and the current schema of a document; none when both allow the
 * same.
 */
export function compareSchemas(released: JsonSchema, current: JsonSchema): readonly Difference[] {
  return comparePair({ released: inlineReferences(released), current: inlineReferences(current), path: '' });
}

function comparePair(pair: Pair): readonly Difference[] {
  if (isDeepStrictEqual(pair.released, pair.current)) return [];
  const { pairs, removed, added } = matchAlternatives(
    alternativesOf(pair.released),
    alternativesOf(pair.current),
  );
  const alternative = (schema: JsonSchema, effect: Effect, what: string): Difference => ({
    path: pair.path,
    keyword: 'anyOf',
    effect,
    text: `the alternative ${nameOf(schema)} ${what}`,
  });
  return [
    ...wordKeywords.flatMap((keyword) => compareKeyword(keyword, pair, comparePair)),
    ...pairs.flatMap(([left, right]) =>
      compareStructure({ released: left, current: right, path: placeOf(pair, left) }),
    ),
    ...removed.map((schema) => alternative(schema, 'narrows', 'is gone')),
    ...added.map((schema) => alternative(schema, 'widens', 'is new')),
  ];
}

function compareStructure(pair: Pair): readonly Difference[] {
  const keywords = new Set([...Object.keys(pair.released), ...Object.keys(pair.current)]);
  return [...keywords].flatMap((keyword) => compareKeyword(keyword, pair, comparePair));
}

/** Returns the place of an alternative, with the field that tells it from its siblings. */
function placeOf({ released, path }: Pair, alternative: JsonSchema): string {
  return alternativesOf(released).length > 1 ? `${path}(${nameOf(alternative)})` : path;
}

/**
 * Lists the alternatives of a schema, each with the keywords around them; the schema itself when it has none.
 */
function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, oneOf, ...around } = schema;
  const named = [...listFrom(anyOf), ...listFrom(oneOf)];
  const structure = Object.entries(around).filter(([keyword]) => !wordKeywords.includes(keyword));
  if (named.length === 0) return [Object.fromEntries(structure)];
  return named.map((alternative) => ({ ...Object.fromEntries(structure), ...schemaFrom(alternative) }));
}

/** Names an alternative by the one value that a field of it must have, else by its type. */
function nameOf(alternative: JsonSchema): string {
  for (const [field, schema] of Object.entries(schemasFrom(alternative.properties))) {
    const values = 'const' in schema ? [schema.const] : listFrom(schema.enum);
    if (values.length === 1) return `${field}=${values[0]}`;
  }
  return String(alternative.type ?? 'any');
}

/** Alternatives of both sides that belong together, and those that only one side has. */
interface MatchedAlternatives {
  readonly pairs: readonly (readonly [released: JsonSchema, current: JsonSchema])[];
  readonly removed: readonly JsonSchema[];
  readonly added: readonly JsonSchema[];
}

/** Pairs alternatives of one name in their order. Equal ones are left out. */
function matchAlternatives(
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
