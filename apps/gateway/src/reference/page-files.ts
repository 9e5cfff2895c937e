import { readdirSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { ServedFiles } from './served-files.js';

/** Where the build puts the page's scripts, styles and pictures. */
const folderOfPage = () => join(dirname(findPackageJSON('.', import.meta.url) ?? '.'), 'dist/reference/page');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** What the page is made of, by file name. What is not for browsers stays out. */
export function pageFiles(): ServedFiles {
  return new ServedFiles(() => {
    const folder = folderOfPage();
    return new Map(
      readdirSync(folder).flatMap((name) => {
        const contentType = types[extname(name)];
        return contentType === undefined ? [] : [[name, { path: join(folder, name), contentType }]];
      }),
    );
  });
}
