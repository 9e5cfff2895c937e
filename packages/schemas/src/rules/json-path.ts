const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Writes a path as a JSON path: `$.positions[0].price`. */
export function jsonPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => path + step(segment), '$');
}

function step(segment: PropertyKey): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const name = String(segment);
  return plainName.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
