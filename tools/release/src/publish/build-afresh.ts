import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageManager } from '../workspace/package-manager.js';
import type { PublicPackage } from '../workspace/public-packages.js';

/** Builds packages from nothing: what a file left behind that is no more would be published otherwise. */
export async function buildAfresh(root: string, packages: readonly PublicPackage[]): Promise<void> {
  for (const { folder } of packages) await rm(join(folder, 'dist'), { recursive: true, force: true });
  await packageManager(root, packages, ['run', 'build']);
}
