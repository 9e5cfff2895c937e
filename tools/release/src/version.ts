import { join } from 'node:path';
import { readChangesets } from '@changesets/read';
import { keepRelease, readKeptRelease, schemasPackage } from './schemas-check/kept-release.js';
import { readManifest } from './workspace/manifest.js';
import { mustRun } from './workspace/run.js';

/**
 * Turns the changesets into versions and changelogs, and keeps the schemas when their package has a new
 * version.
 */
export async function version(root: string, print: (line: string) => void): Promise<void> {
  if ((await readChangesets(root)).length === 0) return print('No changeset waits for a version.');
  const changeset = join(root, 'node_modules', '@changesets', 'cli', 'bin.js');
  print((await mustRun(process.execPath, [changeset, 'version'], { folder: root })).trim());
  const kept = await readKeptRelease(root);
  const { version: now } = await readManifest(join(root, schemasPackage.folder));
  if (kept?.version === now) return;
  print(`The schemas of ${await keepRelease(root)} are kept.`);
}
