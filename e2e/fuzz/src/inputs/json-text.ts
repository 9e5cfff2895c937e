import fc, { type Arbitrary } from 'fast-check';

/** A JSON text, with the features that a strict reader must detect. */
export interface JsonText {
  readonly text: string;
  readonly depth: number;
  readonly repeatsKey: boolean;
  readonly losesDigits: boolean;
  readonly hasBrokenText: boolean;
}

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t \r\n');

const plain = { depth: 0, repeatsKey: false, losesDigits: false, hasBrokenText: false };

const exactNumbers = [
  '0',
  '-0',
  '1',
  '-12',
  '200.00',
  '0.5',
  '2e2',
  '1E-2',
  '123456789012345',
  '0.30000000000000004',
];
const lossyNumbers = [
  '9007199254740993',
  '1e400',
  '-1e400',
  '1e-400',
  '0.1000000000000000055',
  '200.00000000000000001',
];

const word = fc.constantFrom('true', 'false', 'null').map((text) => ({ ...plain, text }));
const exact = fc.constantFrom(...exactNumbers).map((text) => ({ ...plain, text }));
const lossy = fc.constantFrom(...lossyNumbers).map((text) => ({ ...plain, text, losesDigits: true }));

/** A string as clients write it: literally, or with every character escaped. */
const literal = fc
  .tuple(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom('\ud800', 'a\udc00', '\0')),
    fc.boolean(),
  )
  .map(([value, escaped]) => {
    const text = escaped
      ? `"${[...Array(value.length).keys()].map((at) => escapedUnit(value, at)).join('')}"`
      : JSON.stringify(value);
    return { ...plain, text, hasBrokenText: !value.isWellFormed() || value.includes('\0') };
  });

const escapedUnit = (value: string, at: number) => `\\u${value.charCodeAt(at).toString(16).padStart(4, '0')}`;

const key = fc.constantFrom('a', 'b', '\\u0061', '__proto__', 'é', '\\"', '');

/** JSON texts with blanks, escapes, repeated keys, deep nesting and long numbers, each with its features. */
export const jsonText: Arbitrary<JsonText> = fc.letrec<{
  value: JsonText;
  array: JsonText;
  object: JsonText;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 20, depthSize: 'large', withCrossShrink: true },
    word,
    exact,
    { weight: 1, arbitrary: lossy },
    { weight: 2, arbitrary: literal },
    { weight: 4, arbitrary: tie('array') },
    { weight: 4, arbitrary: tie('object') },
  ),
  array: fc.tuple(fc.array(tie('value'), { maxLength: 4 }), blank).map(([members, gap]) => {
    const text = `[${gap}${members.map((member) => member.text).join(`${gap},${gap}`)}${gap}]`;
    return enclosing(text, members);
  }),
  object: fc.tuple(fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }), blank).map(([pairs, gap]) => {
    const members = pairs.map(([, member]) => member);
    const lines = pairs.map(([name, member]) => `"${name}"${gap}:${gap}${member.text}`);
    const keys = pairs.map(([name]) => JSON.parse(`"${name}"`));
    const outer = enclosing(`{${gap}${lines.join(`${gap},${gap}`)}${gap}}`, members);
    return { ...outer, repeatsKey: outer.repeatsKey || new Set(keys).size < keys.length };
  }),
})).value;

function enclosing(text: string, members: readonly JsonText[]): JsonText {
  return {
    text,
    depth: 1 + Math.max(0, ...members.map(({ depth }) => depth)),
    repeatsKey: members.some(({ repeatsKey }) => repeatsKey),
    losesDigits: members.some(({ losesDigits }) => losesDigits),
    hasBrokenText: members.some(({ hasBrokenText }) => hasBrokenText),
  };
}
