import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, mapSchema } from '../schemas/json-schema.js';
import { schemaFiles } from '../schemas/schema-files.js';
import { publishedEnumerations } from './published-enumerations.js';

const enumerations = Object.entries(publishedEnumerations());
const receipt = schemaFiles().get('2020-12/receipt.json') ?? {};

/** Every value that the receipt's schema allows under a name, in all formats. */
function valuesOf(field: string): Set<unknown> {
  const values = new Set<unknown>();
  mapSchema(receipt, (node) => {
    for (const option of optionsOf(Object(Object(node.properties)[field]))) {
      const { enum: listed = [], const: only, properties }: JsonSchema = option;
      const found =
        Array.isArray(listed) && listed.length > 0 ? listed : [only, ...Object.keys(Object(properties))];
      for (const value of found.filter((each) => each !== undefined)) values.add(value);
    }
    return node;
  });
  return values;
}

/** What a field may be, but for the two values that stand for nothing. */
function optionsOf(field: JsonSchema): JsonSchema[] {
  const { anyOf = [field] } = field;
  return (Array.isArray(anyOf) ? anyOf : []).filter(
    (option) => !isDeepStrictEqual(option, { enum: [null, ''] }),
  );
}

describe('enumerations', () => {
  it.each(enumerations)('%s says what every value means in three languages', (_name, { values }) => {
    for (const { value, meaning } of values) {
      expect(String(value)).toMatch(/\S/);
      expect(Object.keys(meaning)).toEqual(['ru', 'uz', 'en']);
      for (const text of Object.values(meaning)) expect(text).toMatch(/^\S.*\S$/);
    }
  });

  it.each(enumerations.filter(([name]) => valuesOf(name).size > 0))(
    '%s has exactly the values that the receipt takes',
    (name, { values }) => {
      const read = values.flatMap((each) => [
        each.value,
        ...('also_read' in each && Array.isArray(each.also_read) ? each.also_read : []),
      ]);
      expect(new Set<unknown>(read)).toEqual(valuesOf(name));
    },
  );

  it('gives rates to every VAT code', () => {
    for (const { value, rates } of publishedEnumerations().vat_code.values)
      expect([value, rates]).not.toEqual([value, []]);
  });
});
