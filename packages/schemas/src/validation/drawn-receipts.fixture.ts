import fc from 'fast-check';
import { doubtfulReceipts, faultyReceipts } from '../examples/faulty-receipts.js';
import { documentedRequest, markedReceipt, russianReceipt, uzbekReceipt } from '../examples/receipts.js';

type Holder = Record<string, unknown>;

const sound: readonly object[] = [russianReceipt, markedReceipt, uzbekReceipt, documentedRequest];
const broken = [...faultyReceipts, ...doubtfulReceipts].map(({ input }) => input);

/** Values of each name in the examples, and of no other name: one of these mostly fits. */
const fitting = new Map<string, unknown[]>();
for (const [holder, key] of [...sound, ...broken].flatMap(placesIn)) {
  fitting.set(key, [...(fitting.get(key) ?? []), holder[key]]);
}

const nasty = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    0,
    -0,
    1,
    -1,
    0.1,
    0.105,
    1e15,
    1e21,
    1e-7,
    4_294_967_295,
    99_999.999,
    '',
    ' ',
    '1',
    '01',
    '1.50',
  ],
  ...['1e3', '-1', '0.005', ' padded ', '\u00a0', 'x'.repeat(65), 'x'.repeat(300), '😀'.repeat(40), '\ud800'],
  ...[[], {}, [[]], [null], { __proto__: null }, 'vat_20', 'vat_12', 'marked', 'piece', '000000000000'],
);

interface Change {
  readonly place: number;
  readonly kind: 'fit' | 'respell' | 'replace' | 'remove' | 'add' | 'repeat' | 'turn';
  readonly pick: number;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom(
    'fit',
    'fit',
    'fit',
    'respell',
    'respell',
    'turn',
    'replace',
    'remove',
    'add',
    'repeat',
  ),
  pick: fc.nat(),
  value: nasty,
});

/** Draws receipts of every format, about half of them broken: examples with up to four changes. */
export const drawnReceipt: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<unknown>(...sound) },
      { weight: 1, arbitrary: fc.constantFrom(...broken) },
    ),
    fc.array(change, { maxLength: 4 }),
  )
  .map(([document, changes]) => changes.reduce(changed, structuredClone(document)));

function changed(document: unknown, { place, kind, pick, ...drawn }: Change): unknown {
  const value = structuredClone(drawn.value);
  const places = placesIn(document);
  const [holder, key] = places[place % places.length] ?? [{}, ''];
  const present = holder[key];
  const candidates = fitting.get(key) ?? [];
  if (kind === 'fit') holder[key] = structuredClone(candidates[pick % candidates.length]);
  else if (kind === 'respell') holder[key] = respelt(present);
  else if (kind === 'turn') turn(holder);
  else if (kind === 'remove') delete holder[key];
  else if (kind === 'repeat' && Array.isArray(present)) holder[key] = repeated(present, pick);
  else if (kind === 'add') define(holder, ['__proto__', 'colour', 'total', 'sum'][pick % 4] ?? '', value);
  else holder[key] = value;
  return document;
}

/** Returns every place of a document, the outermost first. */
function placesIn(document: unknown): [Holder, string][] {
  if (typeof document !== 'object' || document === null) return [];
  const holder = document as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [[holder, key], ...placesIn(holder[key])]);
}

/** Respells a value in another way that may be allowed too. */
function respelt(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value;
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : ` ${value}\n`;
}

function repeated(items: readonly unknown[], pick: number): unknown[] {
  const length = [2, 11, 101, 301][pick % 4] ?? 0;
  return Array.from({ length }, (_, index) => structuredClone(items[index % items.length]));
}

/** Reverses the order of the members. */
function turn(holder: Holder): void {
  if (Array.isArray(holder)) return;
  for (const key of Object.keys(holder).reverse()) {
    const value = holder[key];
    delete holder[key];
    define(holder, key, value);
  }
}

/** Defines a member as `JSON.parse` does, which takes no name for special. */
function define(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
}
