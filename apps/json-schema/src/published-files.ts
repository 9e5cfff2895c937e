import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, seen from `src` as from `dist`. */
const packageRoot = fileURLToPath(new URL('../', import.meta.url));

const folders = ['schemas', 'examples'];
const documents = ['openapi.json', 'rules.json', 'enumerations.json'];

let known: ReadonlyMap<string, string> | undefined;

/**
 * Every published file: its path in the package with forward slashes, such as `schemas/2020-12/receipt.json`, and where it lies on
 * this machine. Folders are listed once, nothing is read. A name that is not in here is not published: nothing else needs to be
 * checked before a file is served.
 */
export function publishedFiles(): ReadonlyMap<string, string> {
  known ??= new Map(
    [...documents, ...folders.flatMap(filesIn)].map((path) => [path, join(packageRoot, path)]),
  );
  return known;
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length).replaceAll(sep, '/'))
    .sort();
}
