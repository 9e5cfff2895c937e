import { readChangesets } from '@changesets/read';
import type { Flaw } from '../packed/packed-package.js';
import { currentSchemas, readKeptRelease, schemasPackage } from '../schemas-check/kept-release.js';
import type { PublicPackage } from '../workspace/public-packages.js';
import { mustRun } from '../workspace/run.js';

/** Lists the reasons why the repository can't be released as it is. */
export async function refusals(root: string, packages: readonly PublicPackage[]): Promise<readonly Flaw[]> {
  const schemas = packages.find(({ manifest }) => manifest.name === schemasPackage.name);
  return [
    ...(await changedFiles(root)),
    ...(await unreleasedChanges(root)),
    ...(schemas ? await schemasNotKept(root, schemas.manifest.version) : []),
  ];
}

async function changedFiles(root: string): Promise<readonly Flaw[]> {
  const changed = await mustRun('git', ['status', '--porcelain'], { folder: root });
  if (changed === '') return [];
  return [{ code: 'release.dirty', message: `these files are not committed:\n${changed.trimEnd()}` }];
}

async function unreleasedChanges(root: string): Promise<readonly Flaw[]> {
  const changesets = await readChangesets(root);
  if (changesets.length === 0) return [];
  const names = changesets.map(({ id }) => id).join(', ');
  return [
    { code: 'release.changesets', message: `run \`npm run release:version\` first; no version has ${names}` },
  ];
}

async function schemasNotKept(root: string, version: string): Promise<readonly Flaw[]> {
  const kept = await readKeptRelease(root);
  if (kept?.version !== version)
    return [{ code: 'release.schemas-not-kept', message: `the schemas of ${version} are not kept` }];
  const contract = `/schemas/v${version.split('.')[0]}/`;
  const strange = Object.entries(await currentSchemas(root)).filter(
    ([, { $id }]) => !String($id).includes(contract),
  );
  if (strange.length === 0) return [];
  return [{ code: 'release.schema-ids', message: `the ids of version ${version} must contain ${contract}` }];
}
