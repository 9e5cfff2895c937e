import { publicDocuments } from '@fiscalkit/schemas/documents';
import { exampleRef, headerRef, schemaRef } from './references.js';

/** Writes the answer of a route when all goes well: a public document, with its examples. */
export function goodAnswer(description: string, document: string, headers: readonly string[] = []) {
  const names = ['X-Request-Id', ...headers];
  return {
    description,
    headers: Object.fromEntries(names.map((name) => [name, headerRef(name)])),
    content: jsonOf(document),
  };
}

/** Writes a body that holds a public document, with its examples. */
export function jsonOf(document: string) {
  const examples = publicDocuments.find(({ name }) => name === document)?.examples ?? [];
  const names = examples.map((_, index) => `${document}-${index + 1}`);
  const named = names.map((name) => [name, exampleRef(name)]);
  return { 'application/json': { schema: schemaRef(document), examples: Object.fromEntries(named) } };
}
