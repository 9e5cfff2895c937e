/** Whether the value is what `JSON.parse` makes of `{…}`: named members and no class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isObjectPrototype(prototype);
}

/** Whether this is `Object.prototype` of some realm: Jest runs tests in one of their own, and `structuredClone` answers with Node's. */
function isObjectPrototype(prototype: unknown): boolean {
  return (
    isRecord(prototype) &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

/** Whether the value has named members: an object of any class, not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
