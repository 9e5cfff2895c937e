import fc, { type Arbitrary } from 'fast-check';

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly kind: 'insert' | 'remove' | 'replace' | 'repeat' | 'turn' | 'cut';
  readonly text: string;
}

const pieces = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u00a0',
  '\ufeff',
  '\u0000',
  '0',
  '1',
  '9',
  '-',
  '+',
  '.',
  ',',
  'e',
  'T',
  'Z',
  '&',
  '=',
  '?',
  '#',
  '/',
  '\\',
  '//',
  '..',
  ':',
  ';',
  '@',
  '%',
  '%00',
  '%2f',
  '%2e',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '<',
  '𝟘',
  '٣',
  '😀',
  '\ud800',
  'İ',
];

const edit: Arbitrary<Edit> = fc.record({
  at: fc.nat(4096),
  length: fc.nat(12),
  kind: fc.constantFrom('insert', 'remove', 'replace', 'repeat', 'turn', 'cut'),
  text: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6, unit: 'binary' })),
});

/** Valid texts with up to four edits. */
export function mutatedText(sound: readonly string[]): Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...sound), fc.array(edit, { maxLength: 4 }))
    .map(([text, edits]) => edits.reduce(applyEdit, text));
}

function applyEdit(text: string, { at, length, kind, text: piece }: Edit): string {
  const from = at % (text.length + 1);
  const before = text.slice(0, from);
  const middle = text.slice(from, from + length);
  const after = text.slice(from + length);
  switch (kind) {
    case 'insert':
      return before + piece + middle + after;
    case 'remove':
      return before + after;
    case 'replace':
      return before + piece + after;
    case 'repeat':
      return before + middle.repeat(2 + (at % 50)) + after;
    case 'turn':
      return before + (middle === middle.toUpperCase() ? middle.toLowerCase() : middle.toUpperCase()) + after;
    case 'cut':
      return before;
  }
}
