const reference = /"#\/components\/(schemas|examples)\/([^"]+)"/g;

type Components = Readonly<Record<'schemas' | 'examples', Readonly<Record<string, object>>>>;

/** Leaves out schemas and examples that nothing refers to, directly or through others. */
export function usedComponents(components: Components, paths: object): Components {
  const used = new Set<string>();
  const visit = (value: object) => {
    for (const [pointer, kind = '', name = ''] of JSON.stringify(value).matchAll(reference)) {
      if (used.has(pointer)) continue;
      used.add(pointer);
      visit(components[kind === 'schemas' ? 'schemas' : 'examples'][name] ?? {});
    }
  };
  visit(paths);
  const kept = (kind: keyof Components) =>
    Object.fromEntries(
      Object.entries(components[kind]).filter(([name]) => used.has(`"#/components/${kind}/${name}"`)),
    );
  return { schemas: kept('schemas'), examples: kept('examples') };
}
