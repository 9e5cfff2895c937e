import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { readManifest } from '../workspace/read-manifest.js';
import { mustRun } from '../workspace/run.js';
import type { PackedPackage } from './packed-package.js';

/** Reads a tarball. */
export async function unpack(tarball: string): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'fiscalkit-unpacked-'));
  try {
    await mustRun('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { folder });
    const { size } = await stat(tarball);
    return { manifest: await readManifest(folder), files: await readFiles(folder), packedBytes: size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).replaceAll(sep, '/'), await readFile(path)] as const;
    });
  return new Map(await Promise.all(files));
}
