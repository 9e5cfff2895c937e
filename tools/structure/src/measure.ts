import { packageOf, type SourceFile } from './source-tree.js';

/** How a set of source files is laid out. */
export interface Layout {
  readonly files: number;
  readonly lines: number;
  readonly medianLines: number;
  /** Nine of ten files are no longer. */
  readonly ninthDecileLines: number;
  readonly longestLines: number;
  /** Files of at most 60 lines that exactly one other imports. */
  readonly privateSteps: number;
  /** Pairs of files that import each other. */
  readonly twoFileCircles: number;
}

const longestPrivateStep = 60;

/** Measures source files; tests and fixtures among them are left out. `index.ts` counts neither as a private step nor as an importer. */
export function measureLayout(files: readonly SourceFile[]): Layout {
  const sources = files.filter(({ kind }) => kind === 'source');
  const lengths = sources.map(({ lines }) => lines).sort((one, other) => one - other);
  const at = (share: number) =>
    lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0;
  return {
    files: sources.length,
    lines: lengths.reduce((sum, lines) => sum + lines, 0),
    medianLines: at(0.5),
    ninthDecileLines: at(0.9),
    longestLines: lengths.at(-1) ?? 0,
    privateSteps: privateSteps(sources).length,
    twoFileCircles: twoFileCircles(sources).length,
  };
}

/** Files of at most 60 lines that exactly one other source file imports. */
function privateSteps(files: readonly SourceFile[]): SourceFile[] {
  const sources = files.filter(({ kind }) => kind === 'source');
  const importers = new Map<string, number>();
  for (const { path, imports } of sources) {
    if (!path.endsWith('/index.ts'))
      for (const imported of imports) importers.set(imported, (importers.get(imported) ?? 0) + 1);
  }
  return sources.filter(
    ({ path, lines }) =>
      lines <= longestPrivateStep && !path.endsWith('/index.ts') && importers.get(path) === 1,
  );
}

/** Pairs of source files that import each other. */
export function twoFileCircles(files: readonly SourceFile[]): [string, string][] {
  const sources = new Map(files.filter(({ kind }) => kind === 'source').map((file) => [file.path, file]));
  return Array.from(sources.values()).flatMap(({ path, imports }) =>
    imports
      .filter((imported) => path < imported && sources.get(imported)?.imports.includes(path))
      .map((imported): [string, string] => [path, imported]),
  );
}

/** The layout of each package, by its folder. */
export function measurePackages(files: readonly SourceFile[]): Map<string, Layout> {
  const byPackage = Map.groupBy(
    files.filter(({ path }) => path.includes('/src/')),
    packageOf,
  );
  return new Map(Array.from(byPackage, ([name, own]) => [name, measureLayout(own)]));
}
