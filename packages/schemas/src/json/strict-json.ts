import { ambiguityOf, type JsonAmbiguity, readLongFractions } from './ambiguity.js';

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

/** Counts the members of all objects in what `JSON.parse` has read. */
function readMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = Array.isArray(value) ? 0 : values.length;
  for (const each of values) members += readMembers(each);
  return members;
}

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const [minus, slash, zero, nine] = [0x2d, 0x2f, 0x30, 0x39];
const [upperE, lowerE, upperD, lowerD, lowerU] = [0x45, 0x65, 0x44, 0x64, 0x75];

/** Every double tells so many characters of a number apart, sign and point included, when there is no exponent. */
const plainNumberLength = 15;

/**
 * Counts the members of all objects as they are written, in bytes that are known to be JSON: each has one colon. `null` where a
 * closer look is due: nesting deeper than allowed, a number that is long or has an exponent, an escape that may stand for half a
 * character or for U+0000.
 */
function writtenMembers(bytes: Uint8Array, maxDepth: number): number | null {
  let members = 0;
  let depth = 0;
  for (let position = 0; position < bytes.length; position += 1) {
    const byte = bytes[position];
    if (byte === quote) {
      position = endOfText(bytes, position + 1);
      if (position < 0) return null;
    } else if (byte === colon) {
      members += 1;
    } else if (byte === openObject || byte === openList) {
      depth += 1;
      if (depth > maxDepth) return null;
    } else if (byte === closeObject || byte === closeList) {
      depth -= 1;
    } else if (belongsToNumber(byte)) {
      const length = lengthOfNumber(bytes, position);
      if (length > plainNumberLength) return null;
      position += length - 1;
    }
  }
  return members;
}

/** Where the text that begins here is closed; -1 where an escape needs a closer look. */
function endOfText(bytes: Uint8Array, start: number): number {
  let position = start;
  for (let byte = bytes[position]; byte !== quote; byte = bytes[position]) {
    if (byte === undefined) return -1;
    if (byte === backslash) {
      position += 1;
      if (bytes[position] === lowerU && isDoubtfulEscape(bytes, position + 1)) return -1;
    }
    position += 1;
  }
  return position;
}

/** Half a character is written `\ud800` to `\udfff`, the end of a text `\u0000`: so are a few sound ones. */
function isDoubtfulEscape(bytes: Uint8Array, position: number): boolean {
  const first = bytes[position];
  return first === lowerD || first === upperD || (first === zero && bytes[position + 1] === zero);
}

/** `Infinity` for a number with an exponent. */
function lengthOfNumber(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (belongsToNumber(bytes[end])) end += 1;
  return bytes[end] === lowerE || bytes[end] === upperE ? Number.POSITIVE_INFINITY : end - start;
}

/** Digits, minus and point; a plus stands behind an exponent alone. */
function belongsToNumber(byte: number | undefined): boolean {
  return byte !== undefined && byte >= minus && byte <= nine && byte !== slash;
}
