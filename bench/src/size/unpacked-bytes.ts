import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { InstalledPackage } from './installed-package.js';

/** Bytes of a package's files on a user's disk: those of a workspace as they would be packed. */
export function unpackedBytes({ folder }: InstalledPackage): number {
  return folder.includes(`${sep}node_modules${sep}`) ? bytesIn(folder) : packedBytes(folder);
}

function bytesIn(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true, exclude: ['node_modules'] });
  return files
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function packedBytes(folder: string): number {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(output);
  return packed.unpackedSize;
}
