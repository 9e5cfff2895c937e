import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage } from '../checks/check-package.js';
import { packPackages, type Tarball } from '../packed/pack-packages.js';
import { unpack } from '../packed/unpack.js';
import { refusals } from '../readiness/refusals.js';
import { type PublicPackage, publicPackages } from '../workspace/public-packages.js';
import { buildAfresh } from './build-afresh.js';
import { isPublished } from './is-published.js';
import { publishTarball } from './publish-tarball.js';
import { type Registry, registryAt } from './registry.js';
import { tagRelease } from './tag-release.js';

/** How a release is made. */
export interface ReleaseOptions {
  readonly root: string;
  /** Address of the registry; the one that npm is set to when absent. */
  readonly registry?: string | undefined;
  /** Does all but publish, and goes on where a release would have been refused. */
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

/** Builds, packs, checks and publishes every public package. Answers whether all of it went well. */
export async function release({ root, registry, dryRun, print }: ReleaseOptions): Promise<boolean> {
  const packages = await publicPackages(root);
  const refused = await refusals(root, packages);
  for (const { code, message } of refused) print(`✗ ${code}: ${message}`);
  if (refused.length > 0 && !dryRun) return false;

  const target = registryAt(root, registry);
  const due = await unpublished(packages, { target, print });
  if (due.length === 0) return refused.length === 0;
  print(`▸ Building ${due.length} packages`);
  await buildAfresh(root, packages);
  const folder = await mkdtemp(join(tmpdir(), 'fiscalkit-release-'));
  try {
    const tarballs = await packPackages(root, due, folder);
    if (!(await checkAll(tarballs, print))) return false;
    for (const tarball of tarballs) {
      if (!dryRun) await publishTarball(tarball, target);
      if (!dryRun) await tagRelease(tarball.manifest, root);
      print(`${dryRun ? 'would be' : '✓'} published: ${nameOf(tarball)}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return refused.length === 0;
}

const nameOf = ({ manifest: { name, version } }: PublicPackage) => `${name}@${version}`;

/** The packages whose version the registry does not have yet, so that a repeat goes on where the last release stopped. */
async function unpublished(
  packages: readonly PublicPackage[],
  { target, print }: { readonly target: Registry; readonly print: (line: string) => void },
): Promise<readonly PublicPackage[]> {
  const known = await Promise.all(packages.map(({ manifest }) => isPublished(manifest, target)));
  for (const each of packages.filter((_, place) => known[place])) print(`already published: ${nameOf(each)}`);
  return packages.filter((_, place) => !known[place]);
}

/** All are checked before the first is published, so that no release stops half-way for a flaw. */
async function checkAll(tarballs: readonly Tarball[], print: (line: string) => void): Promise<boolean> {
  let sound = true;
  for (const { path, manifest } of tarballs) {
    const packed = await unpack(path);
    const flaws = await checkPackage(packed);
    sound &&= flaws.length === 0;
    const kilobytes = Math.ceil(packed.packedBytes / 1000);
    print(`${flaws.length === 0 ? '✓' : '✗'} ${manifest.name}: ${packed.files.size} files, ${kilobytes} kB`);
    for (const { code, message } of flaws) print(`  ${code}: ${message}`);
  }
  return sound;
}
