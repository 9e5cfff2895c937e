import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRelease, schemasPackage } from '../schemas-check/kept-release.js';
import { publicPackages } from '../workspace/public-packages.js';
import { mustRun } from '../workspace/run.js';
import { refusals } from './refusals.js';

let root: string;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function commit(): Promise<void> {
  const identity = ['-c', 'user.name=fiscalkit', '-c', 'user.email=test@example.com'];
  await mustRun('git', ['add', '--all'], { folder: root });
  await mustRun('git', [...identity, 'commit', '--quiet', '--message', 'State'], { folder: root });
}

const setVersion = (version: string) =>
  write(`${schemasPackage.folder}/package.json`, JSON.stringify({ name: schemasPackage.name, version }));

/** A repository that may be released. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fiscalkit-refusals-'));
  await mkdir(join(root, 'packages'));
  await write('.changeset/config.json', '{}');
  await write(
    `${schemasPackage.folder}/schemas/2020-12/receipt.json`,
    '{ "$id": "https://example.com/schemas/v1/receipt.json" }',
  );
  await setVersion('1.0.0');
  await keepRelease(root);
  await mustRun('git', ['init', '--quiet'], { folder: root });
  await commit();
});

afterEach(() => rm(root, { recursive: true, force: true }));

const codes = async () => (await refusals(root, await publicPackages(root))).map(({ code }) => code);

describe('a release', () => {
  it('is not refused when everything is in order', async () => {
    expect(await codes()).toEqual([]);
  });

  it('is refused while a file is not committed', async () => {
    await write('notes.txt', '');
    expect(await codes()).toEqual(['release.dirty']);
  });

  it('is refused while a changeset has no version', async () => {
    await write('.changeset/change.md', `---\n'${schemasPackage.name}': patch\n---\n\nA change.\n`);
    await commit();
    expect(await codes()).toEqual(['release.changesets']);
  });

  it('is refused when the version came without keeping its schemas', async () => {
    await setVersion('1.1.0');
    await commit();
    expect(await codes()).toEqual(['release.schemas-not-kept']);
  });

  it('is refused when a major version has the ids of another', async () => {
    await setVersion('2.0.0');
    await keepRelease(root);
    await commit();
    expect(await codes()).toEqual(['release.schema-ids']);
  });
});
