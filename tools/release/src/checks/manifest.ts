import { isDeepStrictEqual } from 'node:util';
import type { Check, Flaw } from '../packed/packed-package.js';
import type { Manifest } from '../workspace/manifest.js';

/** Where the sources are. Provenance compares it with the repository that a workflow ran in. */
export const repositoryUrl = 'git+https://github.com/fiscalkit/fiscalkit.git';

/** Each thing that a manifest must say, and whether it does. */
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

/** The manifest says what a registry, a package manager and a person want to know. */
export const manifest: Check = ({ manifest }) => [
  ...Object.entries(demands)
    .filter(([, isMet]) => !isMet(manifest))
    .map(([code]) => ({ code, message: `package.json lacks what ${code} asks for.` })),
  ...workspaceRanges(manifest),
];

/** A range that means something in the workspace alone. */
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
