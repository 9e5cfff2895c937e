import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage } from '../checks/check-package.js';
import { unpack } from '../packed/packed-package.js';
import type { Manifest } from '../workspace/manifest.js';
import { type PublicPackage, packageManager, publicPackages } from '../workspace/public-packages.js';
import { mustRun, run } from '../workspace/run.js';
import { refusals } from './refusals.js';

/** How a release is made. */
export interface ReleaseOptions {
  readonly root: string;
  /** Address of the registry; the one that npm is set to when absent. */
  readonly registry?: string | undefined;
  /** Does everything except publish, and continues where a release would be refused. */
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

/** Builds, packs, checks and publishes every public package. Returns whether all of it succeeded. */
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

/**
 * Returns the packages whose version the registry lacks, so that a repeat continues where the last release
 * stopped.
 */
async function unpublished(
  packages: readonly PublicPackage[],
  { target, print }: { readonly target: Registry; readonly print: (line: string) => void },
): Promise<readonly PublicPackage[]> {
  const known = await Promise.all(packages.map(({ manifest }) => isPublished(manifest, target)));
  for (const each of packages.filter((_, place) => known[place])) print(`already published: ${nameOf(each)}`);
  return packages.filter((_, place) => !known[place]);
}

/** Checks all packages before the first is published, so that no release stops half-way for a flaw. */
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

/** Builds packages from nothing: the compiled files of deleted sources would be published otherwise. */
async function buildAfresh(root: string, packages: readonly PublicPackage[]): Promise<void> {
  for (const { folder } of packages) await rm(join(folder, 'dist'), { recursive: true, force: true });
  await packageManager(root, packages, ['run', 'build']);
}

/** A package and the path of its tarball. */
interface Tarball extends PublicPackage {
  readonly path: string;
}

/** Packs packages into a folder, each as it will be published. */
async function packPackages(
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

/** The registry that packages are published to. */
interface Registry {
  /** The working directory of npm: its settings name the registry when the command line does not. */
  readonly folder: string;
  /** npm's command-line options for the registry. */
  readonly options: readonly string[];
}

/** Returns the registry at an address, or the one of npm's settings. */
function registryAt(folder: string, address: string | undefined): Registry {
  return { folder, options: address === undefined ? [] : [`--registry=${address}`] };
}

/** Whether the registry has this version. Throws when it can't be asked. */
async function isPublished({ name, version }: Manifest, registry: Registry): Promise<boolean> {
  const question = ['view', `${name}@${version}`, 'version', '--json', ...registry.options];
  const { succeeded, output, errors } = await run('npm', question, { folder: registry.folder });
  if (succeeded) return output.trim() !== '';
  if (`${output}${errors}`.includes('E404')) return false;
  throw new Error(`The registry can't be asked for ${name}: ${errors.trim()}`);
}

/** Publishes a tarball unchanged, with provenance when a workflow runs it. */
async function publishTarball({ path, manifest }: Tarball, registry: Registry): Promise<void> {
  const tag = manifest.version.includes('-') ? 'next' : 'latest';
  const commandLine = [
    'publish',
    path,
    '--access=public',
    `--tag=${tag}`,
    ...provenance(),
    ...registry.options,
  ];
  await mustRun('npm', commandLine, { folder: registry.folder });
}

/**
 * Returns npm's option for provenance, which needs an identity that only a workflow with `id-token: write`
 * has.
 */
function provenance(): readonly string[] {
  return process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined ? [] : ['--provenance'];
}

/**
 * Tags the commit of a published version, as `@fiscalkit/client@1.0.0`. An existing tag stays where it is.
 */
async function tagRelease({ name, version }: Manifest, root: string): Promise<void> {
  const tag = `${name}@${version}`;
  const known = await mustRun('git', ['tag', '--list', tag], { folder: root });
  if (known.trim() === '') await mustRun('git', ['tag', tag], { folder: root });
}
