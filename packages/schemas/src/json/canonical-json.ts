import { errorOf } from '../rules/error-of.js';
import { isPlainObject } from './is-plain-object.js';

/**
 * Writes a value as JSON in one spelling: keys sorted by code unit, no blanks, as RFC 8785 does. Equal documents give equal
 * texts, fit for digests. Members that are `undefined` are left out. Throws a `FiscalError` with `json.value` for what JSON
 * has no word for.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (isPlainObject(value)) return canonicalObject(value);
  if (isScalar(value)) return JSON.stringify(value);
  throw errorOf('json.value');
}

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members && ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
