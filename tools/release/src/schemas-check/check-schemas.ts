import { readChangesets } from '@changesets/read';
import { compareSchemas } from './compare-schemas.js';
import { currentSchemas, type PublishedSchemas, readKeptRelease, schemasPackage } from './kept-release.js';
import type { Difference, Effect } from './keyword-rules.js';

/** The result of the compatibility gate. */
export interface SchemasCheck {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly requested: Bump;
  /** The lines to print. */
  readonly lines: readonly string[];
}

/**
 * Compares the current schemas with the last release, and the differences with the version that changesets
 * ask for.
 */
export async function checkSchemas(root: string): Promise<SchemasCheck> {
  const released = await readKeptRelease(root);
  const requested = await requestedBump(root, schemasPackage.name);
  if (!released)
    return {
      passed: true,
      findings: [],
      requested,
      lines: ['No schema has been released yet: there is nothing to break.'],
    };
  const findings = compareReleases(released.schemas, await currentSchemas(root));
  const passed = passes(findings, requested);
  return {
    passed,
    findings,
    requested,
    lines: [...findings.map(lineOf), verdictOf(findings, requested, released.version)],
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

function verdictOf(findings: readonly Finding[], requested: Bump, version: string): string {
  if (findings.length === 0) return `✓ The schemas are those of ${version}.`;
  const needed = neededBump(findings);
  const known = `${findings.length} differences from ${version}, the changesets ask for: ${requested}.`;
  if (passes(findings, requested)) return `✓ ${known}`;
  return `✗ ${known} Add a changeset for ${schemasPackage.name} (pnpm changeset): ${needed}.`;
}

/** Version steps that changesets ask for, least first. */
const bumps = ['none', 'patch', 'minor', 'major'] as const;
type Bump = (typeof bumps)[number];

/** Returns the smallest step that the differences need. */
export function neededBump(findings: readonly Finding[]): Bump {
  if (findings.some(({ breaking }) => breaking)) return 'major';
  if (findings.some(({ effect }) => effect !== 'describes')) return 'minor';
  return findings.length > 0 ? 'patch' : 'none';
}

/** Whether the changesets ask for enough: a major step for a breaking difference, any step for another. */
export function passes(findings: readonly Finding[], requested: Bump): boolean {
  const needed = neededBump(findings);
  if (needed === 'major') return requested === 'major';
  return needed === 'none' || requested !== 'none';
}

/** Returns the largest step that the repository's changesets ask for a package. */
async function requestedBump(root: string, name: string): Promise<Bump> {
  const changesets = await readChangesets(root);
  const requested = changesets
    .flatMap(({ releases }) => releases)
    .filter((release) => release.name === name)
    .map(({ type }) => bumps.indexOf(type));
  return bumps[Math.max(0, ...requested)] ?? 'none';
}

/** Those whom a difference can break: who sends us a document, or who reads one of ours. */
type Side = 'readers' | 'writers';

/** A difference, with the side that it concerns. */
interface Finding extends Difference {
  readonly document: string;
  readonly side: Side;
  readonly breaking: boolean;
}

/** Lists the differences between the schemas of two releases. */
export function compareReleases(released: PublishedSchemas, current: PublishedSchemas): readonly Finding[] {
  const names = new Set([...Object.keys(released), ...Object.keys(current)]);
  return [...names].flatMap((document) => {
    const side = sideOf(document, document in released ? released : current);
    return differencesOf(released[document], current[document]).map((difference) => ({
      ...difference,
      document,
      side,
      breaking: breaks(side, difference.effect),
    }));
  });
}

/**
 * Returns the side of a document. Only a document that is sent to us has an output variant; others are
 * answers.
 */
function sideOf(name: string, schemas: PublishedSchemas): Side {
  return `${name}.output` in schemas ? 'writers' : 'readers';
}

function breaks(side: Side, effect: Effect): boolean {
  return effect === 'changes' || effect === (side === 'writers' ? 'narrows' : 'widens');
}

function differencesOf(
  released: PublishedSchemas[string] | undefined,
  current: PublishedSchemas[string] | undefined,
): readonly Difference[] {
  const document = { path: '', keyword: 'document' };
  if (!released) return [{ ...document, effect: 'adds', text: 'the document is new' }];
  if (!current) return [{ ...document, effect: 'changes', text: 'the document is gone' }];
  return compareSchemas(released, current);
}
