import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { type Manifest, readManifest } from '../workspace/manifest.js';
import { mustRun } from '../workspace/run.js';

/** A package as its users install it. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** The files by their path in the package. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Size of the tarball. */
  readonly packedBytes: number;
}

/** A defect of a packed package. */
export interface Flaw {
  /** Permanent, dotted: the check and its finding. */
  readonly code: string;
  readonly message: string;
}

/** Lists the flaws of one aspect of a packed package. */
export type Check = (packed: PackedPackage) => readonly Flaw[] | Promise<readonly Flaw[]>;

/** Returns the text of a file; empty when it is missing. */
export function textOf({ files }: PackedPackage, path: string): string {
  return new TextDecoder().decode(files.get(path));
}

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
