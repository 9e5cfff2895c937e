/** Counts the members of all objects in what `JSON.parse` has read. */
export function readMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = Array.isArray(value) ? 0 : values.length;
  for (const each of values) members += readMembers(each);
  return members;
}
