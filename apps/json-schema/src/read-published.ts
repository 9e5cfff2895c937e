import { readFileSync } from 'node:fs';
import { publishedFiles } from './published-files.js';

/**
 * Reads a published JSON file by its path in the package, such as `openapi.json` or `schemas/2020-12/receipt.json`. Throws a
 * `RangeError` for a path that is not published. Reads the file each time: keep what you need often.
 */
export function readPublished(path: string): unknown {
  const file = publishedFiles().get(path);
  if (file === undefined) throw new RangeError(`${path} is not published.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
