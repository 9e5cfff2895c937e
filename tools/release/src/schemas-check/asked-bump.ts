import { readChangesets } from '@changesets/read';
import { type Bump, bumps } from './gate.js';

/** The most that the repository's changesets ask for a package. */
export async function askedBump(root: string, name: string): Promise<Bump> {
  const changesets = await readChangesets(root);
  const asked = changesets
    .flatMap(({ releases }) => releases)
    .filter((release) => release.name === name)
    .map(({ type }) => bumps.indexOf(type));
  return bumps[Math.max(0, ...asked)] ?? 'none';
}
