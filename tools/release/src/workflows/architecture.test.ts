import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const page = read('docs/architecture.md');
const sections = new Map(
  page.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section]),
);
const published = [
  'packages/schemas',
  'packages/client',
  'packages/ledger',
  'apps/nestjs',
  'apps/gateway',
  'apps/sandbox',
  'apps/json-schema',
];

/** Returns what the only group of a pattern matched. */
function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** Returns the packages of the workspace that a package needs when it runs. */
function importsOf(folder: string): string[] {
  const {
    dependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = JSON.parse(read(`${folder}/package.json`));
  return Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name.startsWith('@fiscalkit/') && !peerDependenciesMeta[name]?.optional)
    .map((name) => name.slice('@fiscalkit/'.length));
}

describe('docs/architecture.md', () => {
  it('names files and folders that there are', () => {
    const paths = namesIn(page, /`(\w[\w./-]*(?:\.(?:ts|mjs|json|md)|\/))`/g);
    expect(new Set(paths).size).toBeGreaterThan(80);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('draws what packages import', () => {
    const drawn = namesIn(sections.get('Packages') ?? '', /^ +([\w-]+ --> [\w-]+)$/gm);
    const imported = published.flatMap((folder) =>
      importsOf(folder).map((name) => `${folder.split('/').at(-1)} --> ${name}`),
    );
    expect(drawn.toSorted()).toEqual(imported.toSorted());
  });

  it('draws every state of an entry, and no other', () => {
    const states = sections.get('States of an entry') ?? '';
    const drawn = namesIn(states, /^ +(\w+) -->/gm).concat(namesIn(states, /--> (\w+)/g));
    const [, declared = ''] =
      /entryStates = \[([^\]]*)\]/.exec(read('packages/ledger/src/entry/entry.ts')) ?? [];
    expect(new Set(drawn)).toEqual(new Set(namesIn(declared, /'(\w+)'/g)));
  });

  it.each([...sections.keys()].filter((title) => title.startsWith('Flow ')))(
    '%s: at most twelve files',
    (title) => {
      const hops = namesIn(sections.get(title) ?? '', /^\d+\. (.*)/gm);
      expect(hops.length).toBeGreaterThan(5);
      expect(hops.length).toBeLessThanOrEqual(12);
      for (const hop of hops) expect(hop).toMatch(/^`[\w./-]+\.ts`/);
    },
  );
});
