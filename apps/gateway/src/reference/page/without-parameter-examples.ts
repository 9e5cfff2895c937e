interface Parameter {
  readonly in?: unknown;
  readonly required?: boolean;
}

function isOptionalParameter(value: object): boolean {
  const { in: place, required }: Parameter = value;
  return (place === 'query' || place === 'header') && required !== true;
}

/**
 * Returns the description without the examples of optional parameters. Swagger UI fills its form with them: a
 * list would be filtered to nothing, and every document would have the same idempotency key.
 */
export function withoutParameterExamples(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutParameterExamples);
  if (typeof node !== 'object' || node === null) return node;
  const optional = isOptionalParameter(node);
  const kept = Object.entries(node).filter(([name]) => !(optional && name === 'example'));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutParameterExamples(value)]));
}
