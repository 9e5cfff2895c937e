import { createDocumentRegistry, publicDocuments } from '@fiscalkit/schemas/documents';
import { bundleOf } from './bundle.js';
import { documentSchema } from './document-schema.js';
import { type Dialect, dialects, type JsonSchema, type Variant } from './json-schema.js';
import { schemaId, schemaPath } from './schema-id.js';

const metaSchemas: Readonly<Record<Dialect, string>> = {
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

const variants: readonly Variant[] = ['input', 'output'];

/** Every schema that is published, by its path below `schemas/`: one file a document, which needs no other, and a bundle of all. */
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
