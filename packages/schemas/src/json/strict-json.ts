import { ambiguityOf, type JsonAmbiguity, readLongFractions } from './ambiguity.js';

/** Reason why bytes are not taken as JSON: not UTF-8, not JSON, or readable in more than one way. */
export type JsonFlaw = 'encoding' | 'syntax' | JsonAmbiguity;

/** JSON value that every parser reads alike, or the first flaw. */
export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly flaw: JsonFlaw };

/** Number that may have lost digits; shorter ones never do. */
const longNumber = /[\d.]{16}/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses JSON that nobody must read differently: UTF-8, no key twice in an object, no number that loses
 * digits, no half characters, at most `maxDepth` objects and arrays inside one another. A fraction with more
 * digits than a double has (`0.30000000000000004`, `50.100000000000001`) keeps more than 15 digits, so that a
 * reader of amounts refuses it in its place. Never throws, never quotes the text.
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

/** Deepest nesting whose members are counted, which is done by recursion. */
const deepestPlain = 100;

/**
 * Checks whether a document obviously has no flaw, which saves the walk that names one: a repeated key is
 * written twice and read once.
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

/** Counts the members of all objects in a parsed value. */
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

/**
 * Characters of a number, sign and point included, up to which a double keeps them all, without an exponent.
 */
const plainNumberLength = 15;

/**
 * Counts the members of all objects as written, by their colons, in bytes that are valid JSON. Returns `null`
 * where a closer look is due: nesting deeper than allowed, a number that is long or has an exponent, an
 * escape that may be half a character or U+0000.
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

/** Returns the position of the closing quote; -1 if an escape needs a closer look. */
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

/**
 * Finds escapes that may be half a character (`\ud800` to `\udfff`) or the end of a text (`\u0000`); a few
 * sound ones look alike.
 */
function isDoubtfulEscape(bytes: Uint8Array, position: number): boolean {
  const first = bytes[position];
  return first === lowerD || first === upperD || (first === zero && bytes[position + 1] === zero);
}

/** Returns the length of a number; `Infinity` if it has an exponent. */
function lengthOfNumber(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (belongsToNumber(bytes[end])) end += 1;
  return bytes[end] === lowerE || bytes[end] === upperE ? Number.POSITIVE_INFINITY : end - start;
}

/** Checks for digits, minus and point; a plus occurs only in an exponent. */
function belongsToNumber(byte: number | undefined): boolean {
  return byte !== undefined && byte >= minus && byte <= nine && byte !== slash;
}
