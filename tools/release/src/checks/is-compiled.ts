/** Whether a script was compiled from our sources: the compiler writes a declaration beside each. */
export function isCompiled(path: string, files: ReadonlyMap<string, unknown>): boolean {
  return path.endsWith('.js') && files.has(path.replace(/\.js$/, '.d.ts'));
}
