import type { Finding } from './compare-releases.js';

/** What a changeset asks for, from least to most. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const;
export type Bump = (typeof bumps)[number];

/** The least that the changesets must ask for. */
export function neededBump(findings: readonly Finding[]): Bump {
  if (findings.some(({ breaking }) => breaking)) return 'major';
  if (findings.some(({ effect }) => effect !== 'describes')) return 'minor';
  return findings.length > 0 ? 'patch' : 'none';
}

/** Whether the changesets ask for enough. A breaking difference needs a major one; any other needs one, whichever. */
export function passes(findings: readonly Finding[], asked: Bump): boolean {
  const needed = neededBump(findings);
  if (needed === 'major') return asked === 'major';
  return needed === 'none' || asked !== 'none';
}
