import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServedFiles } from './served-files.js';

/** Where the build puts the page's scripts, styles and pictures, seen from `src` as from `dist`. */
const folder = fileURLToPath(new URL('../../dist/reference/page/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the page is made of, by file name. What is not for browsers stays out. */
export function pageFiles(): ServedFiles {
  return new ServedFiles(
    () =>
      new Map(
        readdirSync(folder).flatMap((name) => {
          const contentType = types[extname(name)];
          return contentType === undefined ? [] : [[name, { path: join(folder, name), contentType }]];
        }),
      ),
  );
}
