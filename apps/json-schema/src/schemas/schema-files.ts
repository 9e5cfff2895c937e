import { createDocumentRegistry, publicDocuments } from '@fiscalkit/schemas/documents';
import { bundleOf, documentSchema } from './document-schema.js';
import { type Dialect, dialects, type JsonSchema, type Variant } from './json-schema.js';

const metaSchemas: Readonly<Record<Dialect, string>> = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

const variants: readonly Variant[] = ['input', 'output'];

/**
 * Maps paths below `schemas/` to the published schemas: one self-contained file for each document, and a
 * bundle.
 */
export function schemaFiles(): Map<string, JsonSchema> {
  const files = new Map<string, JsonSchema>();
  for (const dialect of Object.keys(dialects) as Dialect[]) {
    for (const variant of variants) {
      for (const [name, schema] of schemasOf(dialect, variant)) {
        files.set(schemaPath(dialect, name, variant), schema);
      }
    }
  }
  return files;
}

function schemasOf(dialect: Dialect, variant: Variant): [string, JsonSchema][] {
  const writing = { registry: createDocumentRegistry(), dialect, variant };
  const { definitions } = dialects[dialect];
  const written = publicDocuments.map((document) => ({ document, ...documentSchema(document, writing) }));
  const head = (name: string) => ({ $schema: metaSchemas[dialect], $id: schemaId(dialect, name, variant) });
  const files = written
    .filter(({ document }) => variant === 'input' || document.direction === 'request')
    .map(({ document: { name }, root, parts }): [string, JsonSchema] => [
      name,
      { ...head(name), ...root, ...(Object.keys(parts).length > 0 && { [definitions]: parts }) },
    ]);
  const bundle = {
    ...head('bundle'),
    title: 'Every document of fiscalkit',
    description: `Every document and part by name. Refer to one as #/${definitions}/<name>.`,
    [definitions]: bundleOf(written),
  };
  return [...files, ['bundle', bundle]];
}

/** The version of the contract in every id. It changes with a breaking change only. */
export const contractVersion = 'v1';

/** The base of all ids. An identifier, not a promise that a server answers there. */
const base = `https://w3id.org/fiscalkit/schemas/${contractVersion}`;

/** Returns the path of a schema below `schemas/`. */
function schemaPath(dialect: Dialect, name: string, variant: Variant): string {
  return `${dialect}/${name}${variant === 'output' ? '.output' : ''}.json`;
}

/** Returns the permanent `$id` of a published schema. */
function schemaId(dialect: Dialect, name: string, variant: Variant): string {
  return `${base}/${schemaPath(dialect, name, variant)}`;
}
