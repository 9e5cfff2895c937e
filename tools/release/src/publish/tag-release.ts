import type { Manifest } from '../workspace/manifest.js';
import { mustRun } from '../workspace/run.js';

/** Tags the commit that a version was published from, as `@fiscalkit/client@1.0.0`. A tag that is there stays where it is. */
export async function tagRelease({ name, version }: Manifest, root: string): Promise<void> {
  const tag = `${name}@${version}`;
  const known = await mustRun('git', ['tag', '--list', tag], { folder: root });
  if (known.trim() === '') await mustRun('git', ['tag', tag], { folder: root });
}
