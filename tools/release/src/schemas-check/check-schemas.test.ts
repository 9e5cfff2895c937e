import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../workspace/run.js';
import { checkSchemas, compareReleases, neededBump, passes } from './check-schemas.js';
import type { JsonSchema } from './json-schema.js';
import { keepRelease, schemasPackage } from './kept-release.js';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** A copy of what the check reads, with today's schemas kept as released. */
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fiscalkit-schemas-check-'));
  for (const part of [`${schemasPackage.folder}/package.json`, `${schemasPackage.folder}/schemas`])
    await cp(join(repository, part), join(root, part), { recursive: true });
  await mkdir(join(root, '.changeset'));
  await keepRelease(root);
});

afterEach(() => rm(root, { recursive: true, force: true }));

const ask = (bump: string, name: string = schemasPackage.name) =>
  writeFile(join(root, '.changeset/change.md'), `---\n'${name}': ${bump}\n---\n\nA change.\n`);

/** Rewrites a schema, as the generator would after a change of the sources. */
async function change(document: string, rewrite: (text: string) => string): Promise<void> {
  const file = join(root, schemasPackage.folder, 'schemas/2020-12', `${document}.json`);
  const before = await readFile(file, 'utf8');
  const after = rewrite(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

const requireMore = (text: string) => text.replace(/"required": \[\s*"receipt_format",/, '$& "company",');
const describeElse = (text: string) => text.replace('"description": "', '$&Also: ');

describe('the compatibility gate', () => {
  it('passes this repository', async () => {
    const { passed, lines } = await checkSchemas(repository);
    expect(passed, lines.join('\n')).toBe(true);
  });

  it('passes when nothing has changed', async () => {
    expect(await checkSchemas(root)).toMatchObject({ passed: true, findings: [] });
  });

  it('passes before the first release, when there is nothing to compare with', async () => {
    await rm(join(root, schemasPackage.folder, 'released'), { recursive: true });
    await change('receipt', requireMore);
    expect(await checkSchemas(root)).toMatchObject({ passed: true, findings: [] });
  });

  it.each([
    ['none', false],
    ['patch', false],
    ['minor', false],
    ['major', true],
  ])('a required field more, with a changeset that asks for %s', async (bump, passed) => {
    await change('receipt', requireMore);
    await ask(bump);
    const check = await checkSchemas(root);
    expect(check.passed).toBe(passed);
    expect(check.findings).toContainEqual(
      expect.objectContaining({ document: 'receipt', keyword: 'required', side: 'writers', breaking: true }),
    );
  });

  it.each([
    ['none', false],
    ['patch', true],
  ])('other words, with a changeset that asks for %s', async (bump, passed) => {
    await change('receipt', describeElse);
    await ask(bump);
    expect((await checkSchemas(root)).passed).toBe(passed);
  });

  it('is not satisfied by a changeset of another package', async () => {
    await change('receipt', requireMore);
    await ask('major', '@fiscalkit/client');
    expect((await checkSchemas(root)).passed).toBe(false);
  });

  it('breaks readers where an answer may leave out what it had', async () => {
    await change('receipt-answer', (text) => text.replace(/"required": \[\s*"data"\s*\]/, '"required": []'));
    const { findings } = await checkSchemas(root);
    expect(findings).toMatchObject([
      { document: 'receipt-answer', path: 'data', side: 'readers', breaking: true },
    ]);
  });

  it('ends the program with a status that fails a build', async () => {
    const tool = join(root, 'tools/release');
    await mkdir(tool, { recursive: true });
    await cp(join(repository, 'tools/release/dist'), join(tool, 'dist'), { recursive: true });
    await cp(join(repository, 'tools/release/package.json'), join(tool, 'package.json'));
    await symlink(join(repository, 'tools/release/node_modules'), join(tool, 'node_modules'));
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
    const check = () =>
      run(process.execPath, [join(tool, 'dist/main.js'), 'schemas-check'], { folder: root });
    expect(await check()).toMatchObject({ succeeded: true });
    await change('receipt', requireMore);
    const { succeeded, output } = await check();
    expect(succeeded).toBe(false);
    expect(output).toContain('breaks writers');
  });
});

const wide = { type: 'string', maxLength: 9 };
const narrow = { type: 'string', maxLength: 5 };
const described = { ...wide, description: 'A name' };

/** A request (written to us, and read back in its output variant) and an answer (read). */
const contract = (request: JsonSchema, readBack: JsonSchema, answer: JsonSchema) => ({
  receipt: request,
  'receipt.output': readBack,
  'receipt-answer': answer,
});
const released = contract(wide, wide, wide);

const table = [
  ['narrower for writers', contract(narrow, wide, wide), 'receipt', 'major'],
  ['narrower for readers', contract(wide, narrow, wide), 'receipt.output', 'minor'],
  ['a narrower answer', contract(wide, wide, narrow), 'receipt-answer', 'minor'],
  ['words', contract(described, wide, wide), 'receipt', 'patch'],
] as const;

describe('a release', () => {
  it.each(table)('%s', (_, current, document, bump) => {
    const findings = compareReleases(released, current);
    expect(findings).toMatchObject([{ document, breaking: bump === 'major' }]);
    expect(neededBump(findings)).toBe(bump);
  });

  it.each([
    ['wider for writers', contract(narrow, wide, wide), 'minor'],
    ['wider for readers', contract(wide, narrow, wide), 'major'],
    ['a wider answer', contract(wide, wide, narrow), 'major'],
  ] as const)('%s', (_, before, bump) => {
    expect(neededBump(compareReleases(before, released))).toBe(bump);
  });

  it('may bring a document, and may not take one away', () => {
    const { 'receipt-answer': _, ...fewer } = released;
    expect(neededBump(compareReleases(fewer, released))).toBe('minor');
    expect(neededBump(compareReleases(released, fewer))).toBe('major');
  });

  it('passes with the changeset that it needs', () => {
    const breaking = compareReleases(released, contract(narrow, wide, wide));
    const harmless = compareReleases(released, contract(described, wide, wide));
    const requested = ['none', 'patch', 'minor', 'major'] as const;
    expect(requested.filter((bump) => passes(breaking, bump))).toEqual(['major']);
    expect(requested.filter((bump) => passes(harmless, bump))).toEqual(['patch', 'minor', 'major']);
    expect(requested.filter((bump) => passes([], bump))).toEqual(requested);
  });
});
