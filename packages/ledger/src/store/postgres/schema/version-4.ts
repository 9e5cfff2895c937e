import { acceptGroupFunctions } from './accept-group-functions.js';
import type { SchemaNames } from './schema-names.js';
import { withoutCompilation } from './without-compilation.js';

/**
 * Less work for the server.
 * - Groups of entries are accepted together.
 * - Functions are never compiled: before PostgreSQL 18 a scan that they avoid but need counts as so expensive that the
 *   server compiled the plan at every call, which took a claim hundreds of milliseconds.
 * - A delivery is rewritten twice, and grows. With room left on its page it stays there, among those of the same time, and
 *   no later one takes the room that old ones leave: each page is written while it is young, and then no more.
 * - What is bound to a payment is found by `entries_by_payment`; an index in the order of hashes touched a page anywhere
 *   with every result.
 */
export function version4({ schema, channel }: SchemaNames): string {
  return `
    ${acceptGroupFunctions(schema, channel)}
    ${withoutCompilation(schema)}
    ALTER TABLE ${schema}.deliveries SET (fillfactor = 25);
    DROP INDEX ${schema}.deliveries_bound;
  `;
}
