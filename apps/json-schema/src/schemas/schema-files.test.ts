import { faultyDocuments, publicDocuments } from '@fiscalkit/schemas/documents';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDocument } from '../corpus/arbitrary-document.js';
import { type JsonSchema, mapSchema } from './json-schema.js';
import { schemaFiles } from './schema-files.js';

const all = schemaFiles();
const files = [...all];

/** The words of draft-04, and those of later drafts that its validators pass over without a loss. */
const oldWords = new Set(
  `$schema $id $ref title description default examples definitions type enum properties required additionalProperties minProperties
  maxProperties items minItems maxItems minimum maximum minLength maxLength pattern anyOf oneOf allOf not`.split(
    /\s+/,
  ),
);

function nodesOf(schema: JsonSchema): JsonSchema[] {
  const nodes: JsonSchema[] = [];
  mapSchema(schema, (node) => {
    nodes.push(node);
    return node;
  });
  return nodes;
}

describe('published schemas', () => {
  it('have ids of their own, a title, a description and examples that they accept', () => {
    expect(new Set(files.map(([, { $id }]) => $id)).size).toBe(files.length);
    for (const [path, schema] of files) {
      expect(schema).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      expect(String(schema.$id).endsWith(`/v1/${path}`)).toBe(true);
      const accepts = (path.startsWith('2020-12') ? new Ajv2020() : new Ajv()).compile(schema);
      if (!/output|bundle/.test(path)) expect(schema.examples).not.toEqual([]);
      for (const example of Array.isArray(schema.examples) ? schema.examples : [])
        expect(accepts(example)).toBe(true);
    }
  });

  it('describe every field', () => {
    const nameless = files.flatMap(([path, schema]) =>
      nodesOf(schema).flatMap(({ properties = {} }) =>
        Object.entries(Object(properties) as Record<string, JsonSchema>)
          .filter(([, field]) => field.description === undefined)
          .map(([name]) => `${path} ${name}`),
      ),
    );
    expect(nameless).toEqual([]);
  });

  it('say nothing that validators disagree on', () => {
    for (const [, schema] of files) {
      for (const node of nodesOf(schema)) {
        expect(node).not.toHaveProperty('format');
        expect(node).not.toHaveProperty('multipleOf');
      }
    }
  });

  it('use no word in draft-07 that draft-04 does not know', () => {
    const words = files
      .filter(([path]) => path.startsWith('draft-07'))
      .flatMap(([, schema]) => nodesOf(schema).flatMap(Object.keys));
    expect([...new Set(words)].filter((word) => !oldWords.has(word))).toEqual([]);
  });

  it('need no other file', () => {
    for (const [, schema] of files) {
      for (const { $ref } of nodesOf(schema)) {
        if ($ref !== undefined) expect($ref).toMatch(/^#\/(?:\$defs|definitions)\/[\w-]+$/);
      }
    }
  });
});

describe('output variants', () => {
  it.each(publicDocuments.filter(({ direction }) => direction === 'request'))(
    'accept the normal form of every $name that is accepted',
    ({ name, schema }) => {
      const accepts = new Ajv2020().compile(all.get(`2020-12/${name}.output.json`) ?? {});
      fc.assert(
        fc.property(arbitraryDocument(all.get(`2020-12/${name}.json`) ?? {}), (document) => {
          const { success, data } = schema.safeParse(document);
          return !success || accepts(JSON.parse(JSON.stringify(data)));
        }),
        { numRuns: 500 },
      );
    },
  );

  it('are of documents that callers write, faulty ones among them', () => {
    expect(
      Object.keys(faultyDocuments).every((name) =>
        files.some(([path]) => path === `2020-12/${name}.output.json`),
      ),
    ).toBe(true);
  });
});
