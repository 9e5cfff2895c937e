import { askedBump } from './asked-bump.js';
import { compareReleases, type Finding } from './compare-releases.js';
import { type Bump, neededBump, passes } from './gate.js';
import { currentSchemas, readKeptRelease, schemasPackage } from './kept-release.js';

/** What the compatibility gate found. */
export interface SchemasCheck {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly asked: Bump;
  /** What to print, a line each. */
  readonly lines: readonly string[];
}

/** Compares today's schemas with those of the last release, and what differs with what the changesets say. */
export async function checkSchemas(root: string): Promise<SchemasCheck> {
  const released = await readKeptRelease(root);
  const asked = await askedBump(root, schemasPackage.name);
  if (!released)
    return {
      passed: true,
      findings: [],
      asked,
      lines: ['No schema has been released yet: there is nothing to break.'],
    };
  const findings = compareReleases(released.schemas, await currentSchemas(root));
  const passed = passes(findings, asked);
  return {
    passed,
    findings,
    asked,
    lines: [...findings.map(lineOf), verdictOf(findings, asked, released.version)],
  };
}

function lineOf({ document, path, text, side, effect, breaking }: Finding): string {
  const verdict = breaking
    ? `breaks ${side}`
    : effect === 'describes'
      ? 'words only'
      : `harmless for ${side}`;
  return `${verdict.padEnd(22)} ${document}${path === '' ? '' : ` ${path}`}: ${text}`;
}

function verdictOf(findings: readonly Finding[], asked: Bump, version: string): string {
  if (findings.length === 0) return `✓ The schemas are those of ${version}.`;
  const needed = neededBump(findings);
  const known = `${findings.length} differences from ${version}, the changesets ask for: ${asked}.`;
  if (passes(findings, asked)) return `✓ ${known}`;
  return `✗ ${known} Add a changeset for ${schemasPackage.name} (pnpm changeset): ${needed}.`;
}
