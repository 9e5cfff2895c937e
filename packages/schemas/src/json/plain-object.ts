/** Checks for an object as `JSON.parse` makes it: named members and no class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isObjectPrototype(prototype);
}

/**
 * Checks for `Object.prototype` of any realm: Jest runs tests in a realm of its own, and `structuredClone`
 * returns objects of Node's.
 */
function isObjectPrototype(prototype: unknown): boolean {
  return (
    isRecord(prototype) &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

/** Checks for an object of any class, but no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
