import type { PublicPackage } from './public-packages.js';
import { readManifest } from './read-manifest.js';
import { mustRun } from './run.js';

/** Runs a command of the package manager that the root names in each of the packages, those first that others need. */
export async function packageManager(
  root: string,
  packages: readonly PublicPackage[],
  commandLine: readonly string[],
): Promise<string> {
  const { packageManager: manager = 'pnpm' } = await readManifest(root);
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`);
  return mustRun('npx', ['--yes', manager, ...filters, ...commandLine], { folder: root });
}
