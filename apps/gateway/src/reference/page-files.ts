import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServedFile, servedFile } from './served-file.js';

/** Where the build puts the page's scripts, styles and pictures, seen from `src` as from `dist`. */
const folder = fileURLToPath(new URL('../../dist/reference/page/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the page is made of, by file name. What is not for browsers stays out. */
export function pageFiles(): ReadonlyMap<string, ServedFile> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)];
      return type === undefined ? [] : [[name, servedFile(readFileSync(join(folder, name)), type)]];
    }),
  );
}
