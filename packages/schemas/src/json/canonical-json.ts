import { errorOf } from '../rules/error-of.js';
import { isPlainObject } from './is-plain-object.js';
import { memberLabel } from './member-label.js';
import { quoted } from './quoted.js';
import { sortedKeys } from './sorted-keys.js';

/**
 * Writes a value as JSON in one spelling: keys sorted by code unit, no blanks, as RFC 8785 does. Equal documents give equal
 * texts, fit for digests. Members that are `undefined` are left out. Throws a `FiscalError` with `json.value` for what JSON
 * has no word for.
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
  // By index, since a hole must be met as `undefined`, for which JSON has no word.
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

/** Whether JSON writes the value by its name: a number, `true`, `false` or `null`. */
function isNamed(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : value === null || typeof value === 'boolean';
}
