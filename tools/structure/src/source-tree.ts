import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

export type FileKind = 'source' | 'test' | 'fixture';

export interface SourceFile {
  /** Path from the root, with slashes. */
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
  readonly lines: number;
  /** Paths of the files of the repository that it imports. */
  readonly imports: readonly string[];
}

/** Folders that are not searched. */
export const ignoredFolders = ['node_modules', 'dist', 'coverage', 'generated', 'data', '.turbo'];
const relativeImport = /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'(\.{1,2}\/[^']+)'/gm;

/** All TypeScript files of the repository that people write. Tests and declarations are told apart by name. */
export function readSourceTree(): SourceFile[] {
  const paths = globSync('**/*.ts', {
    cwd: root,
    exclude: (path) => ignoredFolders.includes(path.split(sep).at(-1) ?? ''),
  })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.endsWith('.d.ts'))
    .sort();
  return paths.map(readSourceFile);
}

function readSourceFile(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = Array.from(text.matchAll(relativeImport), ([, specifier = '']) =>
    normalize(join(dirname(path), specifier))
      .split(sep)
      .join('/')
      .replace(/\.js$/, '.ts'),
  );
  return {
    path,
    kind: kindOf(path),
    text,
    lines: text.split('\n').length - 1,
    imports: [...new Set(imports)],
  };
}

function kindOf(path: string): FileKind {
  if (/\.test(-d)?\.ts$/.test(path)) return 'test';
  return /\.(fixture|contract)\.ts$/.test(path) ? 'fixture' : 'source';
}

/** The package of a file: the folder before its `src`. */
export function packageOf({ path }: Pick<SourceFile, 'path'>): string {
  return path.split('/src/')[0] ?? path;
}

/** The folder of a file below its package's `src`, the first one only; `.` for a file that stands there itself. */
export function folderOf({ path }: Pick<SourceFile, 'path'>): string {
  const [folder, ...rest] = relative('src', relative(packageOf({ path }), path)).split('/');
  return rest.length === 0 ? '.' : (folder ?? '.');
}
