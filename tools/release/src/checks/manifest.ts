import { isDeepStrictEqual } from 'node:util';
import type { Check, Flaw } from '../packed/packed-package.js';
import type { Manifest } from '../workspace/manifest.js';

/** The repository of the sources. Provenance compares it with the one that a workflow ran in. */
export const repositoryUrl = 'git+https://github.com/fiscalkit/fiscalkit.git';

/** The fields that a manifest must have, by the code of the flaw. */
const demands: Readonly<Record<string, (manifest: Manifest) => boolean>> = {
  'manifest.licence': ({ license }) => license === 'MIT',
  'manifest.engines': ({ engines }) => /^>=\d+/.test(engines?.node ?? ''),
  'manifest.side-effects': ({ sideEffects }) => sideEffects === false,
  'manifest.repository': ({ repository }) =>
    repository?.url === repositoryUrl && Boolean(repository.directory),
  'manifest.homepage': ({ homepage }) => homepage?.startsWith('https://') === true,
  'manifest.bugs': ({ bugs }) => bugs?.url?.startsWith('https://') === true,
  'manifest.keywords': ({ keywords }) => keywords !== undefined && keywords.length > 0,
  'manifest.access': ({ publishConfig }) => isDeepStrictEqual(publishConfig, { access: 'public' }),
};

/** Reports fields that a registry, a package manager or a person needs and the manifest lacks. */
export const manifest: Check = ({ manifest }) => [
  ...Object.entries(demands)
    .filter(([, isMet]) => !isMet(manifest))
    .map(([code]) => ({ code, message: `package.json lacks what ${code} asks for.` })),
  ...workspaceRanges(manifest),
];

/** Whether a version range has a meaning in the workspace only. */
function workspaceRanges({
  dependencies,
  optionalDependencies,
  peerDependencies,
}: Manifest): readonly Flaw[] {
  return Object.entries({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .filter(([, range]) => /^(workspace|catalog|link|file|portal):/.test(range))
    .map(([name, range]) => ({
      code: 'manifest.workspace-range',
      message: `${name} is asked for as ${range}.`,
    }));
}
