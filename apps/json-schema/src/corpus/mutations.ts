import fc from 'fast-check';
import { nastyValues } from './nasty-values.js';

/** One change of a document: a place, by number, and the kind of change. */
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
  // By character: many languages can not read half of a surrogate pair.
  (text) => [...text].slice(0, -1).join(''),
  (text) => text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  (text) => `${text}😀`,
  (text) => Number(text),
  (text) => [text],
];

/** Draws changes that break a document or respell it. */
export const mutations: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat({ max: 9_999 }),
  kind: fc.constantFrom('remove', 'replace', 'replace', 'add', 'respell', 'respell', 'repeat'),
  value: fc.oneof(fc.constantFrom(...nastyValues), fc.jsonValue({ maxDepth: 1 })),
  spelling: fc.constantFrom(...spellings),
});

type Holder = Record<string, unknown> | unknown[];

/** Returns a copy of a document with one change. */
export function mutate(document: unknown, mutation: Mutation): unknown {
  const root = { document: structuredClone(document) };
  const places = placesIn(root);
  const [holder, key] = places[mutation.place % places.length] ?? [root, 'document'];
  change(holder, key, mutation);
  return root.document ?? null;
}

function change(holder: Holder, key: string, mutation: Mutation): void {
  const { kind, value, spelling } = mutation;
  const members = holder as Record<string, unknown>;
  const present = members[key];
  if (kind === 'add' && isHolder(present) && !Array.isArray(present)) {
    present[typeof value === 'string' && value !== '' ? value : 'colour'] = value;
  } else if (kind === 'repeat' && Array.isArray(present)) {
    members[key] = repeated(present, mutation.place);
  } else if (kind === 'respell' && (typeof present === 'string' || typeof present === 'number')) {
    const respelt = spelling(String(present));
    members[key] = Number.isNaN(respelt) ? null : respelt;
  } else if (kind === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete members[key];
  } else {
    members[key] = value;
  }
}

/** Repeats the items of a list until it is longer than lists of its kind may be. */
function repeated(items: readonly unknown[], place: number): unknown[] {
  const length = typeof items[0] === 'string' ? 301 : [11, 101][place % 2];
  return Array.from({ length: length ?? 0 }, (_, index) => items[index % items.length] ?? null);
}

/** Lists every place of a document, the outermost first. */
function placesIn(holder: Holder): [Holder, string][] {
  return Object.entries(holder).flatMap(([key, member]): [Holder, string][] => [
    [holder, key],
    ...(isHolder(member) ? placesIn(member) : []),
  ]);
}

function isHolder(value: unknown): value is Holder & Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
