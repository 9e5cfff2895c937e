import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, readManifest } from './manifest.js';
import { mustRun } from './run.js';

/** A package of the workspace that is published. */
export interface PublicPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Lists the packages of the workspace that are not private, each after its dependencies. */
export async function publicPackages(root: string): Promise<readonly PublicPackage[]> {
  const found: PublicPackage[] = [];
  for (const group of ['packages', 'apps']) {
    for (const name of (await readdir(join(root, group))).sort()) {
      const folder = join(root, group, name);
      const manifest = await readManifest(folder).catch(() => undefined);
      if (manifest && !manifest.private) found.push({ folder, manifest });
    }
  }
  return inOrder(found);
}

function inOrder(packages: readonly PublicPackage[]): readonly PublicPackage[] {
  const ordered = new Set<PublicPackage>();
  const visit = (each: PublicPackage, path: readonly PublicPackage[]) => {
    if (path.includes(each)) throw new Error(`${each.manifest.name} needs itself.`);
    const { dependencies, optionalDependencies, peerDependencies, devDependencies } = each.manifest;
    const needed = { ...dependencies, ...optionalDependencies, ...peerDependencies, ...devDependencies };
    for (const other of packages) if (other.manifest.name in needed) visit(other, [...path, each]);
    ordered.add(each);
  };
  for (const each of packages) visit(each, []);
  return [...ordered];
}

/** Runs a command of the package manager that the root names in each of the packages, dependencies first. */
export async function packageManager(
  root: string,
  packages: readonly PublicPackage[],
  commandLine: readonly string[],
): Promise<string> {
  const { packageManager: manager = 'pnpm' } = await readManifest(root);
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`);
  return mustRun('npx', ['--yes', manager, ...filters, ...commandLine], { folder: root });
}
