import fc, { type Arbitrary } from 'fast-check';

const known: readonly unknown[] = [
  null,
  true,
  false,
  '',
  ' ',
  0,
  -0,
  -1,
  1,
  0.1 + 0.2,
  1e-7,
  1e21,
  1.7976931348623157e308,
  2 ** 53,
  4294967295.01,
  '0',
  '00',
  '0x10',
  '1e3',
  '-1',
  '1,5',
  'NaN',
  'Infinity',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '\u202e',
  '😀',
  'é',
  'buyer@example.com',
  '+79000000000',
  '7709364346',
  [],
  {},
  [[]],
  { $ref: '#' },
];

const piece = fc.constantFrom('a', '0', '9', ' ', 'a@', 'a.', '-', '\u0430', '%', '\\');

/** Input for catastrophic backtracking: a long run of what an expression takes, then something else. */
const run = fc
  .tuple(piece, fc.oneof(fc.integer({ min: 20, max: 63 }), fc.nat(20_000)), fc.constantFrom('', '!'))
  .map(([text, times, end]) => text.repeat(times) + end);

/** Values that parsers have failed on before, and any other JSON value. */
export const hostileValue: Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 2, arbitrary: run },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
