import fc from 'fast-check';
import type { JsonSchema } from '../schemas/json-schema.js';

const link = 't=UZ170703100597&r=2421&c=20230104121801&s=514343190161';
const parameters = ['t=LG230110007813', 'r=0007', 'c=20230230121801', 's=000000000001'];

const links = fc.oneof(
  fc.constantFrom('https://ofd.soliq.uz/check?', 'HTTPS://OFD.Soliq.uz/epi?').map((start) => start + link),
  fc
    .shuffledSubarray(parameters, { minLength: 4 })
    .map((shuffled) => `https://ofd.soliq.uz/check?${shuffled.join('&')}`),
);

const emails = fc.oneof(
  fc.emailAddress({ size: '-1' }).filter(({ length }) => length <= 40),
  fc.constantFrom('buyer@example.com', 'почта@пример.рф', '[email\u00a0protected]', '[email protected]'),
);

const blank = fc.constantFrom('', '', '', ' ', '\n', '\u00a0', '\u3000', '\t \ufeff');

const plain = fc.oneof(
  fc.constantFrom(
    'Tea',
    'Чай чёрный',
    'Choy (ko‘k)',
    'receipt.invalid',
    '$.total',
    'ok',
    '2023-03-01',
    'é\u0301',
  ),
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);

const pools = new Map<string, fc.Arbitrary<string>>();

/** Draws the same texts in every process: a seed would not repeat its documents otherwise. */
const sample = { numRuns: 100, seed: 1 };

/**
 * Draws texts that a published schema most likely accepts: texts that match its pattern, with blanks around
 * them where they are allowed.
 */
export function arbitraryText({ pattern, allOf }: JsonSchema): fc.Arbitrary<string> {
  if (Array.isArray(allOf)) return padded(JSON.stringify(allOf).includes('@') ? emails : links);
  if (typeof pattern !== 'string') return plain;
  const pool = pools.get(pattern) ?? poolOf(pattern);
  pools.set(pattern, pool);
  return pool;
}

/** Collects texts that match a pattern, to draw from: matching is slow. */
function poolOf(pattern: string): fc.Arbitrary<string> {
  const form = new RegExp(pattern, 'u');
  const shorter = new RegExp(pattern.replaceAll(/\{0,\d+\}/g, '{0,9}'), 'u');
  const matching = fc.sample(fc.stringMatching(shorter, { size: 'small' }), sample);
  const chosen = fc.sample(padded(plain), sample).filter((text) => form.test(text));
  return fc.constantFrom(...matching, ...chosen);
}

function padded(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(blank, text, blank).map((pieces) => pieces.join(''));
}
