import { isDeepStrictEqual } from 'node:util';
import type { Effect } from './difference.js';
import { listFrom } from './json-schema.js';

/** Says what it does to a schema that one keyword had one value and has another; `undefined` is a keyword that is not there. */
export type KeywordRule = (released: unknown, current: unknown) => Effect;

const appearance = (released: unknown, otherwise: Effect): Effect =>
  released === undefined ? 'narrows' : otherwise;

/** A keyword that only ever takes away: its arrival narrows, its going widens, and another value is anyone's guess. */
const restriction: KeywordRule = (released, current) =>
  current === undefined ? 'widens' : appearance(released, 'changes');

const upperBound: KeywordRule = (released, current) =>
  current === undefined
    ? 'widens'
    : appearance(released, Number(current) < Number(released) ? 'narrows' : 'widens');

const lowerBound: KeywordRule = (released, current) =>
  current === undefined
    ? 'widens'
    : appearance(released, Number(current) > Number(released) ? 'narrows' : 'widens');

const words: KeywordRule = () => 'describes';
const unknown: KeywordRule = () => 'changes';

/** Every number is a `number`, so `integer` is allowed where `number` is. */
function typesOf(value: unknown): readonly unknown[] {
  const types = Array.isArray(value) ? value : [value];
  return types.includes('number') ? [...types, 'integer'] : types;
}

const oneOfSeveral =
  (membersOf: (value: unknown) => readonly unknown[]): KeywordRule =>
  (released, current) => {
    if (released === undefined || current === undefined) return restriction(released, current);
    const before = membersOf(released);
    const now = membersOf(current);
    const has = (members: readonly unknown[], member: unknown) =>
      members.some((each) => isDeepStrictEqual(each, member));
    const narrower = before.some((member) => !has(now, member));
    const wider = now.some((member) => !has(before, member));
    if (narrower && wider) return 'changes';
    return narrower ? 'narrows' : wider ? 'widens' : 'describes';
  };

/** The table: what a difference in a keyword does. A keyword that is not here counts as one that breaks everybody. */
const rules: Readonly<Record<string, KeywordRule>> = {
  type: oneOfSeveral(typesOf),
  enum: oneOfSeveral(listFrom),
  pattern: restriction,
  format: restriction,
  multipleOf: restriction,
  uniqueItems: restriction,
  maximum: upperBound,
  exclusiveMaximum: upperBound,
  maxLength: upperBound,
  maxItems: upperBound,
  maxProperties: upperBound,
  minimum: lowerBound,
  exclusiveMinimum: lowerBound,
  minLength: lowerBound,
  minItems: lowerBound,
  minProperties: lowerBound,
  title: words,
  description: words,
  examples: words,
  $comment: words,
  deprecated: words,
};

/** The rule of a keyword. */
export function keywordRule(keyword: string): KeywordRule {
  return rules[keyword] ?? unknown;
}

/** Keywords that say nothing about which documents are allowed. */
export const wordKeywords: readonly string[] = Object.entries(rules)
  .filter(([, rule]) => rule === words)
  .map(([keyword]) => keyword);
