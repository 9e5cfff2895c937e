import type { Manifest } from '../workspace/manifest.js';

/** A package as its users get it. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** The files by their path in the package. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Size of the tarball. */
  readonly packedBytes: number;
}

/** Something that is wrong with a packed package. */
export interface Flaw {
  /** Permanent, dotted: the check and what it found. */
  readonly code: string;
  readonly message: string;
}

/** Looks at one side of a packed package. */
export type Check = (packed: PackedPackage) => readonly Flaw[] | Promise<readonly Flaw[]>;

/** The text of a file, and an empty one when it is missing. */
export function textOf({ files }: PackedPackage, path: string): string {
  return new TextDecoder().decode(files.get(path));
}
