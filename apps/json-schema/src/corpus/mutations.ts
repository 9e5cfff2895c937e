import fc from 'fast-check';
import { nastyValues } from './nasty-values.js';

/** One change of a document: in which of its places, and what is done there. */
export interface Mutation {
  readonly place: number;
  readonly kind: 'remove' | 'replace' | 'add' | 'respell' | 'repeat';
  readonly value: unknown;
  readonly spelling: (text: string) => unknown;
}

const spellings: readonly ((text: string) => unknown)[] = [
  (text) => `${text}\n`,
  (text) => ` ${text}`,
  (text) => `${text}\u00a0`,
  (text) => text.toUpperCase(),
  (text) => text.repeat(20),
  // By signs: many languages can not read half of a surrogate pair.
  (text) => [...text].slice(0, -1).join(''),
  (text) => text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  (text) => `${text}😀`,
  (text) => Number(text),
  (text) => [text],
];

/** Draws changes that break a document, or spell it otherwise. */
export const mutations: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat({ max: 9_999 }),
  kind: fc.constantFrom('remove', 'replace', 'replace', 'add', 'respell', 'respell', 'repeat'),
  value: fc.oneof(fc.constantFrom(...nastyValues), fc.jsonValue({ maxDepth: 1 })),
  spelling: fc.constantFrom(...spellings),
});
