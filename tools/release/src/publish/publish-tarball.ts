import type { Tarball } from '../packed/pack-packages.js';
import { mustRun } from '../workspace/run.js';
import type { Registry } from './registry.js';

/** Publishes a tarball as it is, with provenance where a workflow can vouch for it. */
export async function publishTarball({ path, manifest }: Tarball, registry: Registry): Promise<void> {
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

/** A signed statement of where a package was built needs an identity that only a workflow with `id-token: write` has. */
function provenance(): readonly string[] {
  return process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined ? [] : ['--provenance'];
}
