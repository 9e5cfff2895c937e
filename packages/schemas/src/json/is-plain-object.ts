import { isRecord } from './is-record.js';

/** Whether the value is what `JSON.parse` makes of `{…}`: named members and no class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
