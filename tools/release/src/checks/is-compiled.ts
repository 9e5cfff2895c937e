/** Whether a script was built from our sources: the compiler writes a declaration beside each entry, and `chunk-` is what entries share. */
export function isCompiled(path: string, files: ReadonlyMap<string, unknown>): boolean {
  return path.endsWith('.js') && (/(^|\/)chunk-[^/]+$/.test(path) || files.has(declarationOf(path)));
}

/** The declaration that tells the types of a script. */
export function declarationOf(path: string): string {
  return path.replace(/\.js$/, '.d.ts');
}
