import { readFileSync } from 'node:fs';
import { publishedFiles } from '@fiscalkit/json-schema';
import { type ServedFile, servedFile } from './served-file.js';

const description = 'openapi.json';

function typeOf(path: string): string | null {
  if (path === description) return 'application/json; charset=utf-8';
  return path.startsWith('schemas/') ? 'application/schema+json; charset=utf-8' : null;
}

/** The published description of the API and the schemas, by their path. */
export function contractFiles(): ReadonlyMap<string, ServedFile> {
  return new Map(
    [...publishedFiles()].flatMap(([path, file]) => {
      const type = typeOf(path);
      return type === null ? [] : [[path, servedFile(readFileSync(file), type)]];
    }),
  );
}
