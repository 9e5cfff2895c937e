import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly folder: string;
  /** Names of the packages that are installed with it wherever it is; optional ones and peers are not among them. */
  readonly dependencies: readonly string[];
}

const room = fileURLToPath(new URL('../../', import.meta.url));

/** The package of this name as a folder finds it, by the rules of Node; as this room does when no folder is given. */
export function installedPackage(name: string, from = room): InstalledPackage {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { folder: realpathSync(folder), dependencies: Object.keys(dependencies) };
  }
  const above = dirname(from);
  if (above === from) throw new Error(`${name} is not installed`);
  return installedPackage(name, above);
}

/** The packages with all that is installed below them, each once. */
export function withDependencies(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const add = (installed: InstalledPackage) => {
    if (found.has(installed.folder)) return;
    found.set(installed.folder, installed);
    for (const name of installed.dependencies) add(installedPackage(name, installed.folder));
  };
  packages.forEach(add);
  return [...found.values()];
}
