import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema, listFrom, schemaFrom, schemasFrom } from './json-schema.js';

/**
 * What a difference does to the set of documents that a schema allows: fewer than before, more than before,
 * one field more, nothing (words for people), or something that only a person can tell.
 */
export type Effect = 'narrows' | 'widens' | 'adds' | 'describes' | 'changes';

/** One difference between the released schema of a document and the current one. */
export interface Difference {
  /** The field, as `positions[].price`; empty for the document itself. */
  readonly path: string;
  readonly keyword: string;
  readonly effect: Effect;
  /** The old and the new value, for people. */
  readonly text: string;
}

/** Two schemas at the same place of a document. */
export interface Pair {
  readonly released: JsonSchema;
  readonly current: JsonSchema;
  /** The place, as `positions[].price`; empty for the document itself. */
  readonly path: string;
}

/** Compares two whole schemas; keywords that hold schemas call it for each of them. */
type Compare = (pair: Pair) => readonly Difference[];

/** Returns the effect of another value of a keyword; `undefined` is a keyword that is absent. */
type ValueRule = (released: unknown, current: unknown) => Effect;

/** Returns the differences between what a keyword holds in two schemas. */
type MemberRule = (pair: Pair, compare: Compare) => readonly Difference[];

/** Compares one keyword of two schemas. An unknown keyword that differs breaks everybody. */
export function compareKeyword(keyword: string, pair: Pair, compare: Compare): readonly Difference[] {
  const { released, current, path } = pair;
  const memberRule = memberRules[keyword];
  if (memberRule) return memberRule(pair, compare);
  const before = released[keyword];
  const now = current[keyword];
  if (isDeepStrictEqual(before, now)) return [];
  const effect = valueRules[keyword]?.(before, now) ?? 'changes';
  return [{ path, keyword, effect, text: `${keyword} ${shown(before)} → ${shown(now)}` }];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Returns the effect of a keyword that only restricts: its arrival narrows, its removal widens. */
const restriction: ValueRule = (released, current) => {
  if (current === undefined) return 'widens';
  return released === undefined ? 'narrows' : 'changes';
};

const upperBound: ValueRule = (released, current) => {
  if (released === undefined || current === undefined) return restriction(released, current);
  return Number(current) < Number(released) ? 'narrows' : 'widens';
};

const lowerBound: ValueRule = (released, current) => {
  if (released === undefined || current === undefined) return restriction(released, current);
  return Number(current) > Number(released) ? 'narrows' : 'widens';
};

const words: ValueRule = () => 'describes';

const oneOfSeveral =
  (membersOf: (value: unknown) => readonly unknown[]): ValueRule =>
  (released, current) => {
    if (released === undefined || current === undefined) return restriction(released, current);
    const before = membersOf(released);
    const now = membersOf(current);
    const narrower = before.some((member) => !includes(now, member));
    const wider = now.some((member) => !includes(before, member));
    if (narrower && wider) return 'changes';
    return narrower ? 'narrows' : wider ? 'widens' : 'describes';
  };

/** Lists the types that a value of `type` allows. Every number is a `number`, so that includes `integer`. */
function typesOf(value: unknown): readonly unknown[] {
  const types = Array.isArray(value) ? value : [value];
  return types.includes('number') ? [...types, 'integer'] : types;
}

function includes(list: readonly unknown[], member: unknown): boolean {
  return list.some((each) => isDeepStrictEqual(each, member));
}

/** The effect of another value, for each keyword that holds no schema. */
const valueRules: Readonly<Record<string, ValueRule>> = {
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

/** Keywords that do not affect which documents are allowed. */
export const wordKeywords: readonly string[] = Object.entries(valueRules)
  .filter(([, rule]) => rule === words)
  .map(([keyword]) => keyword);

const within = (path: string, field: string) => (path === '' ? field : `${path}.${field}`);

/**
 * Compares the named fields. A removed field breaks readers and writers. A new one breaks writers who already
 * sent something of that name.
 */
const properties: MemberRule = ({ released, current, path }, compare) => {
  const before = schemasFrom(released.properties);
  const now = schemasFrom(current.properties);
  const isOpen = released.additionalProperties !== false;
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields].flatMap((field): readonly Difference[] => {
    const [was, is] = [before[field], now[field]];
    const at = { path: within(path, field), keyword: 'properties' };
    if (is === undefined) return [{ ...at, effect: 'changes', text: 'the field is gone' }];
    if (was === undefined) return [{ ...at, effect: isOpen ? 'narrows' : 'adds', text: 'the field is new' }];
    return compare({ released: was, current: is, path: at.path });
  });
};

const required: MemberRule = ({ released, current, path }) => {
  const before = listFrom(released.required).map(String);
  const now = listFrom(current.required).map(String);
  const at = (field: string) => ({ path: within(path, field), keyword: 'required' });
  return [
    ...now
      .filter((field) => !before.includes(field))
      .map((field): Difference => ({ ...at(field), effect: 'narrows', text: 'must be there now' })),
    ...before
      .filter((field) => !now.includes(field))
      .map((field): Difference => ({ ...at(field), effect: 'widens', text: 'may be missing now' })),
  ];
};

/** Compares the schema of everything that has no name: other fields, or the members of a list. */
const rest =
  (keyword: string, place: string): MemberRule =>
  ({ released, current, path }, compare) => {
    const [before, now] = [released[keyword], current[keyword]];
    if ((before === false) === (now === false))
      return compare({ released: schemaFrom(before), current: schemaFrom(now), path: `${path}${place}` });
    const [effect, text] =
      now === false ? (['narrows', 'refused'] as const) : (['widens', 'allowed'] as const);
    return [{ path: `${path}${place}`, keyword, effect, text: `what has no name here is ${text} now` }];
  };

const allOf: MemberRule = ({ released, current, path }, compare) => {
  const [before, now] = [listFrom(released.allOf).map(schemaFrom), listFrom(current.allOf).map(schemaFrom)];
  if (before.length === now.length)
    return before.flatMap((schema, place) =>
      compare({ released: schema, current: schemaFrom(now[place]), path }),
    );
  const at = { path, keyword: 'allOf' };
  return [
    ...now
      .filter((each) => !includes(before, each))
      .map((): Difference => ({ ...at, effect: 'narrows', text: 'one more condition' })),
    ...before
      .filter((each) => !includes(now, each))
      .map((): Difference => ({ ...at, effect: 'widens', text: 'one condition less' })),
  ];
};

const not: MemberRule = ({ released, current, path }, compare) => {
  const at = { path, keyword: 'not' };
  if (released.not === undefined) return [{ ...at, effect: 'narrows', text: 'one more exception' }];
  if (current.not === undefined) return [{ ...at, effect: 'widens', text: 'one exception less' }];
  return compare({ released: schemaFrom(released.not), current: schemaFrom(current.not), path }).map(
    (difference) => ({ ...difference, effect: inverted(difference.effect) }),
  );
};

/** Returns the effect that a difference has inside a `not`. */
function inverted(effect: Effect): Effect {
  if (effect === 'narrows') return 'widens';
  return effect === 'widens' || effect === 'adds' ? 'narrows' : effect;
}

/** The rules of keywords that hold schemas, or names of fields. */
const memberRules: Readonly<Record<string, MemberRule>> = {
  properties,
  required,
  additionalProperties: rest('additionalProperties', '{}'),
  items: rest('items', '[]'),
  allOf,
  not,
};
