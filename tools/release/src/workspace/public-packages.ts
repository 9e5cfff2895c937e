import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest.js';
import { readManifest } from './read-manifest.js';

/** A package of the workspace that is published. */
export interface PublicPackage {
  readonly folder: string;
  /** The folder below the root, as `packages/client`. */
  readonly room: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace that is not private, each after those that it needs. */
export async function publicPackages(root: string): Promise<readonly PublicPackage[]> {
  const found: PublicPackage[] = [];
  for (const group of ['packages', 'apps']) {
    for (const name of (await readdir(join(root, group))).sort()) {
      const folder = join(root, group, name);
      const manifest = await readManifest(folder).catch(() => undefined);
      if (manifest && !manifest.private) found.push({ folder, room: `${group}/${name}`, manifest });
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
