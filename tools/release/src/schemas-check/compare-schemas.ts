import { isDeepStrictEqual } from 'node:util';
import { alternativesOf, matchAlternatives, nameOf } from './alternatives.js';
import { compareMembers, memberKeywords } from './compare-members.js';
import type { Difference, Effect } from './difference.js';
import { inlineReferences } from './inline-references.js';
import type { JsonSchema } from './json-schema.js';
import { keywordRule, wordKeywords } from './keyword-effects.js';

/** Two schemas that stand at the same place of a document. */
export interface Pair {
  readonly released: JsonSchema;
  readonly current: JsonSchema;
  /** The place, as `positions[].price`; empty for the document itself. */
  readonly path: string;
}

/** Every difference between the released schema of a document and today's. None when both say the same. */
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
    ...wordKeywords.flatMap((keyword) => compareKeyword(pair, keyword)),
    ...pairs.flatMap(([left, right]) =>
      compareStructure({ released: left, current: right, path: placeOf(pair, left) }),
    ),
    ...removed.map((schema) => alternative(schema, 'narrows', 'is gone')),
    ...added.map((schema) => alternative(schema, 'widens', 'is new')),
  ];
}

/** The place of an alternative that is told from its siblings by a field. */
function placeOf({ released, path }: Pair, alternative: JsonSchema): string {
  return alternativesOf(released).length > 1 ? `${path}(${nameOf(alternative)})` : path;
}

function compareStructure(pair: Pair): readonly Difference[] {
  const keywords = new Set([...Object.keys(pair.released), ...Object.keys(pair.current)]);
  return [...keywords].flatMap((keyword) =>
    memberKeywords.includes(keyword)
      ? compareMembers(keyword, pair, comparePair)
      : compareKeyword(pair, keyword),
  );
}

function compareKeyword({ released, current, path }: Pair, keyword: string): readonly Difference[] {
  const before = released[keyword];
  const now = current[keyword];
  if (isDeepStrictEqual(before, now)) return [];
  const effect = keywordRule(keyword)(before, now);
  return [{ path, keyword, effect, text: `${keyword} ${shown(before)} → ${shown(now)}` }];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
