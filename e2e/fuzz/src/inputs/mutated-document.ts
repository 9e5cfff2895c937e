import fc, { type Arbitrary } from 'fast-check';
import { hostileValue } from './hostile-values.js';

type Members = Record<string | number, unknown>;

/** A place in a document: the object or array that holds it, and its key there. */
interface Place {
  readonly holder: Members;
  readonly key: string | number;
}

interface Mutation {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'repeat' | 'add' | 'stretch' | 'spell' | 'move';
  readonly value: unknown;
  readonly name: string;
}

const names = [
  '__proto__',
  'constructor',
  'toString',
  'sum',
  'total',
  'merchant_id',
  'error',
  'errorCode',
  'status',
  'x',
  '',
  'a b',
  'buyer@example.com',
];

const mutation: Arbitrary<Mutation> = fc.record({
  at: fc.nat(997),
  kind: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'add', 'stretch', 'spell', 'move'),
  value: hostileValue,
  name: fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })),
});

/** Valid documents with up to four changes: what a careless or a hostile caller sends. */
export function mutatedDocument(sound: readonly unknown[]): Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...sound), fc.array(mutation, { maxLength: 4 }))
    .map(([document, mutations]) => {
      const root: Members = { document: structuredClone(document) };
      for (const each of mutations) apply(structuredClone(each), placesIn(root));
      return root.document;
    });
}

function placesIn(holder: Members): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(isHolder(value) ? placesIn(value) : []),
  ]);
}

function isHolder(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function apply(mutation: Mutation, places: readonly Place[]): void {
  const { at, kind, value, name } = mutation;
  const place = places[at % places.length];
  const other = places[(at * 7 + 3) % places.length];
  if (!place || !other) return;
  const { holder, key } = place;
  const present = holder[key];
  if (kind === 'remove') Reflect.deleteProperty(holder, key);
  else if (kind === 'add' && isHolder(present)) set(present, name, value);
  else set(holder, key, changedValue(mutation, present, structuredClone(other.holder[other.key])));
}

function changedValue({ at, kind, value }: Mutation, present: unknown, fromElsewhere: unknown): unknown {
  switch (kind) {
    case 'repeat':
      return Array.isArray(present) ? [...present, ...structuredClone(present)].slice(0, 200) : present;
    case 'stretch':
      return typeof present === 'string' ? present.slice(0, 64).repeat(at) : present;
    case 'spell':
      return otherSpelling(present);
    case 'move':
      return fromElsewhere;
    default:
      return value;
  }
}

/** Sets a member as `JSON.parse` does: `__proto__` is a member like any other. */
function set(holder: Members, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Rewrites a value as another client would: a number as text, a text as number, with blanks around it. */
function otherSpelling(value: unknown): unknown {
  if (typeof value === 'number') return value.toFixed(2);
  if (typeof value !== 'string') return [value];
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : ` ${value}\t`;
}
