import { publishedFiles } from '@fiscalkit/json-schema';
import { ServedFiles } from './served-files.js';

const description = 'openapi.json';

function typeOf(name: string): string | null {
  if (name === description) return 'application/json; charset=utf-8';
  return name.startsWith('schemas/') ? 'application/schema+json; charset=utf-8' : null;
}

/** The published description of the API and the schemas, by their path. */
export function contractFiles(): ServedFiles {
  return new ServedFiles(
    () =>
      new Map(
        [...publishedFiles()].flatMap(([name, path]) => {
          const contentType = typeOf(name);
          return contentType === null ? [] : [[name, { path, contentType }]];
        }),
      ),
  );
}
