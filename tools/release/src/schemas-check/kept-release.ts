import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../workspace/manifest.js';
import { type JsonSchema, schemaFrom } from './json-schema.js';

/** The package that publishes the schemas. */
export const schemasPackage = { name: '@fiscalkit/json-schema', folder: 'apps/json-schema' } as const;

/** One dialect is enough: draft-07 is generated from the same documents. */
const dialect = 'schemas/2020-12';

/** The schemas of the last release. */
export interface KeptRelease {
  readonly version: string;
  readonly schemas: PublishedSchemas;
}

/** Schemas by file name without extension, as `receipt` and `receipt.output`. */
export type PublishedSchemas = Readonly<Record<string, JsonSchema>>;

const keptFolder = (root: string) => join(root, schemasPackage.folder, 'released');

/** Reads the current schemas, as they are generated. */
export async function currentSchemas(root: string): Promise<PublishedSchemas> {
  return publishedSchemas(await readTexts(join(root, schemasPackage.folder, dialect)));
}

/** Reads the last release, as its version step kept it; `undefined` before the first. */
export async function readKeptRelease(root: string): Promise<KeptRelease | undefined> {
  const folder = keptFolder(root);
  if (!existsSync(folder)) return undefined;
  const { version } = JSON.parse(await readFile(join(folder, 'release.json'), 'utf8'));
  return { version, schemas: publishedSchemas(await readTexts(join(folder, dialect))) };
}

/** Keeps the current schemas as those of the package's current version. Returns the version. */
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

/** Parses the text of each file. Leaves bundles out: they repeat the documents. */
function publishedSchemas(files: ReadonlyMap<string, string>): PublishedSchemas {
  const schemas = [...files]
    .map(([file, text]): [string, JsonSchema] => [file.replace(/\.json$/, ''), schemaFrom(JSON.parse(text))])
    .filter(([name]) => !/^bundle(\.output)?$/.test(name));
  return Object.fromEntries(schemas);
}
