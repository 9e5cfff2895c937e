import { isDeepStrictEqual } from 'node:util';
import type { Pair } from './compare-schemas.js';
import { type Difference, invert } from './difference.js';
import { type JsonSchema, listFrom, schemaFrom, schemasFrom } from './json-schema.js';

type Compare = (pair: Pair) => readonly Difference[];
type MemberRule = (pair: Pair, compare: Compare) => readonly Difference[];

const isOpen = ({ additionalProperties }: JsonSchema) => additionalProperties !== false;
const within = (path: string, field: string) => (path === '' ? field : `${path}.${field}`);

/** A field that is gone breaks who reads it and who writes it. One that is new breaks whoever wrote something of that name before. */
const properties: MemberRule = ({ released, current, path }, compare) => {
  const before = schemasFrom(released.properties);
  const now = schemasFrom(current.properties);
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields].flatMap((field): readonly Difference[] => {
    const [was, is] = [before[field], now[field]];
    const at = { path: within(path, field), keyword: 'properties' };
    if (is === undefined) return [{ ...at, effect: 'changes', text: 'the field is gone' }];
    if (was === undefined)
      return [{ ...at, effect: isOpen(released) ? 'narrows' : 'adds', text: 'the field is new' }];
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

/** A schema for whatever is not named: fields, or members of a list. */
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
  const has = (list: readonly JsonSchema[], each: JsonSchema) =>
    list.some((other) => isDeepStrictEqual(each, other));
  const one = (effect: 'narrows' | 'widens', text: string): Difference => ({
    path,
    keyword: 'allOf',
    effect,
    text,
  });
  return [
    ...now.filter((each) => !has(before, each)).map(() => one('narrows', 'one more condition')),
    ...before.filter((each) => !has(now, each)).map(() => one('widens', 'one condition less')),
  ];
};

const not: MemberRule = ({ released, current, path }, compare) => {
  if (released.not === undefined)
    return [{ path, keyword: 'not', effect: 'narrows', text: 'one more exception' }];
  if (current.not === undefined)
    return [{ path, keyword: 'not', effect: 'widens', text: 'one exception less' }];
  return compare({ released: schemaFrom(released.not), current: schemaFrom(current.not), path }).map(
    (difference) => ({ ...difference, effect: invert(difference.effect) }),
  );
};

const rules: Readonly<Record<string, MemberRule>> = {
  properties,
  required,
  additionalProperties: rest('additionalProperties', '{}'),
  items: rest('items', '[]'),
  allOf,
  not,
};

/** Keywords whose value holds schemas, or names of them. */
export const memberKeywords: readonly string[] = Object.keys(rules);

/** Compares what one keyword holds on both sides. */
export function compareMembers(keyword: string, pair: Pair, compare: Compare): readonly Difference[] {
  return rules[keyword]?.(pair, compare) ?? [];
}
