import { unsupportedDocument } from '../../errors/unsupported-document.js';
import { providerName } from './provider-name.js';

/** Throws the error of a document with a field that OrangeData can't carry, before anything is stored or sent. */
export function refuse(path: string, message: string): never {
  throw unsupportedDocument(providerName, path, message);
}

/** Refuses members that a mapping does not know: the types have none, a document of a caller may. */
export function refuseOthers(others: Readonly<Record<string, never>>, path: string): void {
  const [name] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) refuse(`${path}.${name}`, 'OrangeData has no place for this field.');
}

/** Returns the value of a table; refuses a missing one at its path. */
export function fromTable<Key extends string, Value>(
  table: Readonly<Record<Key, Value>>,
  key: Key,
  path: string,
): NonNullable<Value> {
  return table[key] ?? refuse(path, `OrangeData has no word for ${key} here.`);
}
