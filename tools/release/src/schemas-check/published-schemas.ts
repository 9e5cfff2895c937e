import type { Effect } from './difference.js';
import { type JsonSchema, schemaFrom } from './json-schema.js';

/** Schemas by the name of their file without its ending, as `receipt` and `receipt.output`. */
export type PublishedSchemas = Readonly<Record<string, JsonSchema>>;

/** Whom a difference can break: those who send us a document, or those who read what came of it. */
export type Side = 'readers' | 'writers';

/** Reads the schemas of a text per file. Bundles are left out: they repeat the documents. */
export function publishedSchemas(files: ReadonlyMap<string, string>): PublishedSchemas {
  const schemas = [...files]
    .map(([file, text]): [string, JsonSchema] => [file.replace(/\.json$/, ''), schemaFrom(JSON.parse(text))])
    .filter(([name]) => !/^bundle(\.output)?$/.test(name));
  return Object.fromEntries(schemas);
}

/** Only what is written to us has an output variant, which says how it is read back; all else is answers, which are read. */
export function sideOf(name: string, schemas: PublishedSchemas): Side {
  return `${name}.output` in schemas ? 'writers' : 'readers';
}

/** Whether a difference with this effect breaks those on this side. */
export function breaks(side: Side, effect: Effect): boolean {
  return effect === 'changes' || effect === (side === 'writers' ? 'narrows' : 'widens');
}
