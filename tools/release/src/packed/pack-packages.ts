import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageManager } from '../workspace/package-manager.js';
import type { PublicPackage } from '../workspace/public-packages.js';

/** A package and the tarball that holds it. */
export interface Tarball extends PublicPackage {
  readonly path: string;
}

/** Packs packages into a folder, each as it will be published. */
export async function packPackages(
  root: string,
  packages: readonly PublicPackage[],
  folder: string,
): Promise<readonly Tarball[]> {
  await packageManager(root, packages, ['pack', '--pack-destination', folder]);
  const made = await readdir(folder);
  return packages.map((each) => {
    const { name, version } = each.manifest;
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
    if (!made.includes(file)) throw new Error(`${name} was not packed.`);
    return { ...each, path: join(folder, file) };
  });
}
