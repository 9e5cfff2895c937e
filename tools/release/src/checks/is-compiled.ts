import { basename } from 'node:path/posix';

/**
 * Whether a script was built from our sources: the compiler wrote a declaration of that name, beside it or
 * where the source lies, and `chunk-` is what entries share.
 */
export function isCompiled(path: string, files: ReadonlyMap<string, unknown>): boolean {
  const name = basename(path);
  if (!/\.c?js$/.test(name)) return false;
  const declaration = declarationOf(name);
  return name.startsWith('chunk-') || [...files.keys()].some((each) => basename(each) === declaration);
}

/** Returns the name of the declaration of a script. */
export function declarationOf(path: string): string {
  return path.replace(/\.(c?)js$/, '.d.$1ts');
}
