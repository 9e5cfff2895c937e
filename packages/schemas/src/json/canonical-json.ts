import { errorOf } from '../rules/rules.js';
import { isPlainObject } from './plain-object.js';

/**
 * Writes a value as JSON in one spelling: keys sorted by code unit, no blanks, as in RFC 8785. Equal
 * documents give equal texts, fit for digests. Members that are `undefined` are left out. Throws a
 * `FiscalError` with `json.value` for a value that JSON can't express.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (isNamed(value)) return String(value);
  if (Array.isArray(value)) return canonicalList(value);
  if (isPlainObject(value)) return canonicalObject(value);
  throw errorOf('json.value');
}

function canonicalList(values: readonly unknown[]): string {
  let items = '';
  // By index, since a hole must read as `undefined`, which JSON can't express.
  for (let index = 0; index < values.length; index += 1) {
    items += (index === 0 ? '' : ',') + canonicalJson(values[index]);
  }
  return `[${items}]`;
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    members += (members === '' ? '' : ',') + memberLabel(key) + canonicalJson(member);
  }
  return `{${members}}`;
}

/** Checks whether JSON writes the value as `String` does: a number, `true`, `false` or `null`. */
function isNamed(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : value === null || typeof value === 'boolean';
}

/** Number of keys above which the runtime's own sorting is faster. */
const fewKeys = 24;

/** Returns the own keys of an object, sorted by code unit. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > fewKeys) return keys.sort();
  for (let sorted = 1; sorted < keys.length; sorted += 1) insert(keys, sorted);
  return keys;
}

/** Moves a key to its place among the sorted ones before it. */
function insert(keys: string[], from: number): void {
  const key = keys[from] ?? '';
  let place = from;
  for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
    keys[place] = before;
    place -= 1;
  }
  keys[place] = key;
}

/**
 * Most labels that are kept: documents share a few field names, and a caller who invents more must not fill
 * the memory.
 */
const mostLabels = 1_000;
const longestKey = 64;

const labels = new Map<string, string>();

/** Writes the quoted key of a member and a colon. */
function memberLabel(key: string): string {
  const known = labels.get(key);
  if (known !== undefined) return known;
  const label = `${quoted(key)}:`;
  if (labels.size < mostLabels && key.length <= longestKey) labels.set(key, label);
  return label;
}

const [space, quote, backslash] = [0x20, 0x22, 0x5c];
const [firstSurrogate, lastSurrogate] = [0xd800, 0xdfff];

/**
 * Writes a text as JSON. Most texts need nothing but quotes, and finding that out is faster than escaping
 * blindly.
 */
function quoted(text: string): string {
  return isPlain(text) ? `"${text}"` : JSON.stringify(text);
}

/** Checks for a text without escapes. Half characters need one, and whole ones of two halves are rare. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < space || unit === quote || unit === backslash) return false;
    if (unit >= firstSurrogate && unit <= lastSurrogate) return false;
  }
  return true;
}
