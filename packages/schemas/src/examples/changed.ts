/** A copy of a document with the value at a path replaced; `undefined` takes it out. */
export function changed(document: object, path: string, value: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = structuredClone({ ...document });
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<Record<string, unknown>>((object, name) => Object(object[name]), copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}
