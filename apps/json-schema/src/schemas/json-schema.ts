/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Whether a value is a schema and not a list, a word or `false`. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The dialects that are published. */
export const dialects = {
  '2020-12': { target: 'draft-2020-12', definitions: '$defs' },
  'draft-07': { target: 'draft-07', definitions: 'definitions' },
} as const;

/** A dialect of JSON Schema that is published. */
export type Dialect = keyof typeof dialects;

/** `input` is what callers may write, `output` what it is in its normal form. */
export type Variant = 'input' | 'output';
