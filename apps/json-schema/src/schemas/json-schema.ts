/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The dialects that are published. */
export const dialects = {
  '2020-12': { target: 'draft-2020-12', definitions: '$defs' },
  'draft-07': { target: 'draft-07', definitions: 'definitions' },
} as const;

/** A dialect of JSON Schema that is published. */
export type Dialect = keyof typeof dialects;

/** `input` is what callers may write, `output` what it is in its normal form. */
export type Variant = 'input' | 'output';
