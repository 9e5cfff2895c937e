import { cautionFunction, claimCaution } from './caution-function.js';
import { claimFunction } from './claim-function.js';
import { interveneFunction } from './intervene-function.js';
import type { SchemaNames } from './schema-names.js';

/**
 * What people do to entries: acts, what was declared after an old copy of the ledger was put back, and the index by which they
 * find what was rejected.
 */
export function version2({ schema, channel }: SchemaNames): string {
  const tables = `
    CREATE TABLE ${schema}.restores (
      declared_at timestamptz NOT NULL,
      since timestamptz NOT NULL,
      until timestamptz NOT NULL
    );
    CREATE INDEX deliveries_rejected ON ${schema}.deliveries (changed_at, sequence) WHERE state = 'rejected';
  `;
  return [
    tables,
    cautionFunction(schema),
    claimFunction(schema, claimCaution(schema)),
    interveneFunction(schema, channel),
  ].join('\n');
}
