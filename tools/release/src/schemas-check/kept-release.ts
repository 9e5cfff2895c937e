import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../workspace/read-manifest.js';
import { type PublishedSchemas, publishedSchemas } from './published-schemas.js';

/** The package whose schemas are kept from release to release. */
export const schemasPackage = { name: '@fiscalkit/json-schema', folder: 'apps/json-schema' } as const;

/** draft-07 is written from the same documents, so one dialect speaks for both. */
const dialect = 'schemas/2020-12';

/** What was released last. */
export interface KeptRelease {
  readonly version: string;
  readonly schemas: PublishedSchemas;
}

const keptFolder = (root: string) => join(root, schemasPackage.folder, 'released');

/** The schemas as they are generated today. */
export async function currentSchemas(root: string): Promise<PublishedSchemas> {
  return publishedSchemas(await readTexts(join(root, schemasPackage.folder, dialect)));
}

/** The last release, as its version step kept it; `undefined` before the first. */
export async function readKeptRelease(root: string): Promise<KeptRelease | undefined> {
  const folder = keptFolder(root);
  if (!existsSync(folder)) return undefined;
  const { version } = JSON.parse(await readFile(join(folder, 'release.json'), 'utf8'));
  return { version, schemas: publishedSchemas(await readTexts(join(folder, dialect))) };
}

/** Keeps today's schemas as those of the version that the package has now. Answers the version. */
export async function keepRelease(root: string): Promise<string> {
  const folder = keptFolder(root);
  const { version } = await readManifest(join(root, schemasPackage.folder));
  const schemas = await currentSchemas(root);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, dialect), { recursive: true });
  await writeFile(join(folder, 'release.json'), `${JSON.stringify({ version }, null, 2)}\n`);
  for (const [name, schema] of Object.entries(schemas))
    await writeFile(join(folder, dialect, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  return version;
}

async function readTexts(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const texts = files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}
