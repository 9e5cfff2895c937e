import fc from 'fast-check';
import type { JsonSchema } from '../schemas/json-schema.js';
import { arbitraryText } from './arbitrary-text.js';
import { mutate, mutations } from './mutations.js';

/**
 * Draws documents for a published schema of the 2020-12 dialect: half of them most likely valid, half with up
 * to three mutations.
 */
export function arbitraryDocument(schema: JsonSchema): fc.Arbitrary<unknown> {
  const sound = arbitraryOf(schema, Object(schema.$defs));
  const changes = fc.oneof(fc.constant([]), fc.array(mutations, { minLength: 1, maxLength: 3 }));
  return fc
    .tuple(sound, changes)
    .map(([document, drawn]) => drawn.reduce<unknown>(mutate, document))
    .map(asWritten);
}

/** Returns a document as it is on the wire: without `-0` and `undefined`. */
function asWritten(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}

/** The named parts of a schema. */
type Components = Readonly<Record<string, JsonSchema>>;

/** Draws documents that a published schema most likely accepts. */
function arbitraryOf(schema: JsonSchema, parts: Components): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf, enum: values, type } = schema;
  if (typeof $ref === 'string') return arbitraryOf(parts[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}, parts);
  const options = anyOf ?? oneOf;
  if (Array.isArray(options)) return fc.oneof(...options.map((option) => arbitraryOf(option, parts)));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(values)) return fc.constantFrom(...values);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return arbitraryObject(schema, parts);
    case 'array':
      return arbitraryArray(schema, parts);
    case 'string':
      return arbitraryText(schema);
    case 'number':
      return arbitraryDecimal(schema);
    case 'integer':
      return fc.integer({
        min: Number(schema.minimum ?? -1_000),
        max: Math.min(Number(schema.maximum ?? 1_000), 1_000_000),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function arbitraryObject(schema: JsonSchema, parts: Components): fc.Arbitrary<unknown> {
  const properties = Object.entries(Object(schema.properties) as Components);
  const fields = Object.fromEntries(properties.map(([name, field]) => [name, arbitraryOf(field, parts)]));
  if (schema.maxProperties === 1) {
    return fc.oneof(...Object.entries(fields).map(([name, field]) => fc.record({ [name]: field })));
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  return fc.record(fields, { requiredKeys: required });
}

function arbitraryArray(schema: JsonSchema, parts: Components): fc.Arbitrary<unknown> {
  const minLength = Number(schema.minItems ?? 0);
  const lengths = { minLength, maxLength: Math.min(Number(schema.maxItems ?? 2), Math.max(minLength, 2)) };
  const items = arbitraryOf(Object(schema.items), parts);
  // Mostly short: lists within lists are slow to validate and find nothing new.
  const short = { minLength, maxLength: Math.min(lengths.maxLength, Math.max(minLength, 1)) };
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(items, short) },
    { weight: 1, arbitrary: fc.array(items, lengths) },
  );
}

function arbitraryDecimal({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.ceil(Number(minimum ?? 0) * 1_000);
  const max = Math.floor(Math.min(Number(maximum ?? 1_000), 10_000) * 1_000);
  const thousandths = fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min: 1, max: 9_999 }).map((units) => units * 1_000),
  );
  return fc.oneof(
    thousandths.map((units) => units / 1_000),
    fc.constantFrom(...[minimum, maximum].filter((limit) => typeof limit === 'number'), 1),
  );
}
