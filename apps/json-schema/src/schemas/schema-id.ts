import type { Dialect, Variant } from './json-schema.js';

/** The version of the contract that stands in every id. It changes with a breaking change, and never else. */
export const contractVersion = 'v1';

/** Below this stands everything that is published. An identifier, not a promise that a server answers there. */
const base = `https://w3id.org/fiscalkit/schemas/${contractVersion}`;

/** Where a schema lies in the package, below `schemas/`. */
export function schemaPath(dialect: Dialect, name: string, variant: Variant): string {
  return `${dialect}/${name}${variant === 'output' ? '.output' : ''}.json`;
}

/** The permanent `$id` of a published schema. */
export function schemaId(dialect: Dialect, name: string, variant: Variant): string {
  return `${base}/${schemaPath(dialect, name, variant)}`;
}
