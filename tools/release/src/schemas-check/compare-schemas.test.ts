import { describe, expect, it } from 'vitest';
import { compareSchemas } from './compare-schemas.js';
import type { JsonSchema } from './json-schema.js';
import type { Effect } from './keyword-rules.js';

const object = (rest: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
  ...rest,
});
const withNote = (rest: JsonSchema = {}) =>
  object({ properties: { name: { type: 'string' }, note: { type: 'string' } }, ...rest });
const ru = { properties: { format: { const: 'ru' }, sum: { type: 'number' } } };
const uz = { properties: { format: { const: 'uz' }, sum: { type: 'number' } } };
const text = (rest: JsonSchema) => ({ type: 'string', ...rest });
const number = (rest: JsonSchema) => ({ type: 'number', ...rest });

/** What is released, what comes, the effect, and the effect on the way back. */
const table: readonly [name: string, before: JsonSchema, now: JsonSchema, there: Effect, back: Effect][] = [
  ['required', withNote(), withNote({ required: ['name', 'note'] }), 'narrows', 'widens'],
  ['a field of a closed object', object(), withNote(), 'adds', 'changes'],
  [
    'a field of an open object',
    object({ additionalProperties: {} }),
    withNote({ additionalProperties: {} }),
    'narrows',
    'changes',
  ],
  ['a type', { type: 'string' }, { type: ['string', 'null'] }, 'widens', 'narrows'],
  ['integer and number', { type: 'integer' }, { type: 'number' }, 'widens', 'narrows'],
  ['string and number', { type: 'string' }, { type: 'number' }, 'changes', 'changes'],
  ['a value of an enumeration', text({ enum: ['a'] }), text({ enum: ['a', 'b'] }), 'widens', 'narrows'],
  ['a value for another', text({ enum: ['a'] }), text({ enum: ['b'] }), 'changes', 'changes'],
  [
    'the order of an enumeration',
    text({ enum: ['a', 'b'] }),
    text({ enum: ['b', 'a'] }),
    'describes',
    'describes',
  ],
  ['const', text({ const: 'a' }), text({ const: 'b' }), 'changes', 'changes'],
  ['pattern', text({}), text({ pattern: '^a' }), 'narrows', 'widens'],
  ['another pattern', text({ pattern: '^b' }), text({ pattern: '^a' }), 'changes', 'changes'],
  ['format', text({}), text({ format: 'date' }), 'narrows', 'widens'],
  ['maxLength', text({ maxLength: 10 }), text({ maxLength: 5 }), 'narrows', 'widens'],
  ['minLength', text({}), text({ minLength: 1 }), 'narrows', 'widens'],
  ['maximum', number({}), number({ maximum: 5 }), 'narrows', 'widens'],
  ['minimum', number({ minimum: 1 }), number({ minimum: 0 }), 'widens', 'narrows'],
  ['multipleOf', number({}), number({ multipleOf: 2 }), 'narrows', 'widens'],
  ['maxItems', { maxItems: 5 }, { maxItems: 6 }, 'widens', 'narrows'],
  ['minProperties', {}, { minProperties: 1 }, 'narrows', 'widens'],
  ['what has no name', object(), object({ additionalProperties: {} }), 'widens', 'narrows'],
  ['items', { items: { maximum: 1 } }, { items: { maximum: 2 } }, 'widens', 'narrows'],
  ['an alternative', { anyOf: [text({})] }, { anyOf: [text({}), number({})] }, 'widens', 'narrows'],
  ['an alternative where there was none', text({}), { anyOf: [text({}), number({})] }, 'widens', 'narrows'],
  ['a format of a union', { oneOf: [ru] }, { oneOf: [ru, uz] }, 'widens', 'narrows'],
  ['a condition', {}, { allOf: [{ pattern: 'a' }] }, 'narrows', 'widens'],
  ['inside a condition', { allOf: [{ maximum: 1 }] }, { allOf: [{ maximum: 2 }] }, 'widens', 'narrows'],
  ['an exception', {}, { not: { pattern: 'a' } }, 'narrows', 'widens'],
  ['inside an exception', { not: { maximum: 1 } }, { not: { maximum: 2 } }, 'narrows', 'widens'],
  ['default', text({ default: 'a' }), text({ default: 'b' }), 'changes', 'changes'],
  ['a description', text({ description: 'a' }), text({ description: 'b' }), 'describes', 'describes'],
  ['examples', text({}), text({ examples: ['a'] }), 'describes', 'describes'],
  ['$id', { $id: 'a' }, { $id: 'b' }, 'changes', 'changes'],
  ['a keyword that nobody knows', {}, { patternProperties: {} }, 'changes', 'changes'],
];

describe('a difference in a schema', () => {
  const effects = (before: JsonSchema, now: JsonSchema) =>
    compareSchemas(before, now).map(({ effect }) => effect);

  it.each(table)('%s', (_, before, now, there, back) => {
    expect(effects(before, now)).toEqual([there]);
    expect(effects(now, before)).toEqual([back]);
    expect(effects(before, before)).toEqual([]);
  });

  it('is found behind references, and named by its place', () => {
    const document = (maximum: number) => ({
      oneOf: [{ $ref: '#/$defs/ru' }, uz],
      $defs: {
        ru: { properties: { format: { const: 'ru' }, lines: { items: { $ref: '#/$defs/line' } } } },
        line: { maximum },
      },
    });
    expect(compareSchemas(document(2), document(1))).toMatchObject([
      { path: '(format=ru).lines[]', keyword: 'maximum', effect: 'narrows' },
    ]);
  });

  it('is not a part that was moved', () => {
    expect(compareSchemas({ items: { $ref: '#/$defs/a' }, $defs: { a: ru } }, { items: ru })).toEqual([]);
  });

  it('counts once, whatever else differs', () => {
    const differences = compareSchemas(object(), withNote({ required: ['name', 'note'] }));
    expect(differences.map(({ keyword }) => keyword)).toEqual(['properties', 'required']);
  });
});
