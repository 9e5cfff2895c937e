import { createDocumentRegistry, publicDocuments } from '@fiscalkit/schemas/documents';
import { bundleOf, documentSchema } from '../schemas/document-schema.js';
import { type JsonSchema, mapSchema } from '../schemas/json-schema.js';
import type { Problem } from './problem.js';
import { allProblems } from './problems.js';

/**
 * Returns the schemas under `components`: every document and part of the contract, in the 2020-12 dialect.
 */
export function componentSchemas(): Record<string, JsonSchema> {
  const writing = { registry: createDocumentRegistry(), dialect: '2020-12', variant: 'input' } as const;
  const bundle = bundleOf(
    publicDocuments.map((document) => ({ document, ...documentSchema(document, writing) })),
  );
  const moved = Object.entries(bundle).map(([name, schema]) => [name, mapSchema(schema, underComponents)]);
  return Object.fromEntries(moved);
}

function underComponents(node: JsonSchema): JsonSchema {
  const { $ref } = node;
  return typeof $ref === 'string'
    ? { ...node, $ref: $ref.replace('#/$defs/', '#/components/schemas/') }
    : node;
}

/** Returns the examples under `components`: documents by name and number, errors by code. */
export function componentExamples(): Record<string, { readonly value: unknown }> {
  const ofDocuments = publicDocuments.flatMap(({ name, examples }) =>
    examples.map((value, index) => [`${name}-${index + 1}`, { value }]),
  );
  const ofErrors = allProblems.map((problem) => [problem.code, { value: errorBody(problem) }]);
  return Object.fromEntries([...ofDocuments, ...ofErrors]);
}

function errorBody({ code, message, retryable, fault }: Problem) {
  const faults = fault ? [fault] : [];
  const errors = Object.fromEntries(faults.map(({ path, message: text }) => [path, [text]]));
  const request_id = '7c0f5b0e-6f0c-4a51-9f0e-0d3a3a4d8f35';
  return { error: { message, code, errors, faults, retryable: retryable ?? false, request_id } };
}

const reference = /"#\/components\/(schemas|examples)\/([^"]+)"/g;

type Components = Readonly<Record<'schemas' | 'examples', Readonly<Record<string, object>>>>;

/** Removes schemas and examples that no path refers to, directly or through others. */
export function usedComponents(components: Components, paths: object): Components {
  const used = new Set<string>();
  const visit = (value: object) => {
    for (const [pointer, kind = '', name = ''] of JSON.stringify(value).matchAll(reference)) {
      if (used.has(pointer)) continue;
      used.add(pointer);
      visit(components[kind === 'schemas' ? 'schemas' : 'examples'][name] ?? {});
    }
  };
  visit(paths);
  const kept = (kind: keyof Components) =>
    Object.fromEntries(
      Object.entries(components[kind]).filter(([name]) => used.has(`"#/components/${kind}/${name}"`)),
    );
  return { schemas: kept('schemas'), examples: kept('examples') };
}
