import { ambiguityOf, type JsonAmbiguity } from './ambiguity-of.js';
import { readLongFractions } from './long-fractions.js';
import { readMembers } from './read-members.js';
import { writtenMembers } from './written-members.js';

/** Why bytes are not taken as JSON: not UTF-8, not JSON, or JSON that could be read in more than one way. */
export type JsonFlaw = 'encoding' | 'syntax' | JsonAmbiguity;

/** A JSON value that every parser reads alike, or the first flaw. */
export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly flaw: JsonFlaw };

/** Every shorter number is read as it was written. */
const longNumber = /[\d.]{16}/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON of which it matters that nobody reads it differently: UTF-8, no key twice in an object, no number that loses
 * digits, no half characters, at most `maxDepth` objects and arrays inside one another. A fraction of more digits than a double has
 * (`0.30000000000000004`, `50.100000000000001`) comes out with more than 15 digits, so that whoever takes an amount refuses it in its
 * place. Never throws, never quotes the text.
 */
export function readStrictJson(bytes: Uint8Array, maxDepth: number): StrictJson {
  const text = textOf(bytes);
  if (text === null) return { ok: false, flaw: 'encoding' };
  const parsed = parse(text);
  if (parsed === null) return { ok: false, flaw: 'syntax' };
  if (isPlain(bytes, parsed.value, maxDepth)) return { ok: true, value: parsed.value };
  const flaw = ambiguityOf(text, maxDepth);
  return flaw === null
    ? { ok: true, value: longNumber.test(text) ? readLongFractions(text) : parsed.value }
    : { ok: false, flaw };
}

/** Members are counted by going as deep as they stand. */
const deepestPlain = 100;

/**
 * Whether a document plainly has no flaw, which saves the walk that names one: a key that stands twice is written twice and read
 * once.
 */
function isPlain(bytes: Uint8Array, value: unknown, maxDepth: number): boolean {
  const written = writtenMembers(bytes, Math.min(maxDepth, deepestPlain));
  return written !== null && written === readMembers(value);
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
