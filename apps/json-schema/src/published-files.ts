import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package; the same from `src` as from `dist`. */
export const packageRoot = fileURLToPath(new URL('../', import.meta.url));

const folders = ['schemas', 'examples'];
const documents = ['openapi.json', 'rules.json', 'enumerations.json'];

let known: ReadonlyMap<string, string> | undefined;

/**
 * Maps the path in the package of every published file, with forward slashes, such as
 * `schemas/2020-12/receipt.json`, to its path on this machine. Folders are listed once, nothing is read. A
 * name that is not in here is not published: nothing else needs to be checked before a file is served.
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

/**
 * Reads a published JSON file by its path in the package, such as `openapi.json` or
 * `schemas/2020-12/receipt.json`. Throws a `RangeError` for a path that is not published. Reads the file each
 * time: keep what you need often.
 */
export function readPublished(path: string): unknown {
  const file = publishedFiles().get(path);
  if (file === undefined) throw new RangeError(`${path} is not published.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
