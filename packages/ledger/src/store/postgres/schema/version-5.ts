import { acceptFunction } from './accept-function.js';
import { acceptGroupFunctions } from './accept-group-functions.js';
import { acceptWithinFunction } from './accept-within-function.js';
import { claimCaution } from './caution-function.js';
import { claimFunction } from './claim-function.js';
import { durableCommit } from './durable-commit.js';
import { interveneFunction } from './intervene-function.js';
import { listIndexes } from './list-indexes.js';
import { entryRowsView } from './reading-views.js';
import type { SchemaNames } from './schema-names.js';
import { settleFunction } from './settle-function.js';
import { timelineFunctions } from './timeline-functions.js';
import { withoutCompilation } from './without-compilation.js';

/**
 * Accounts, through which entries are delivered. The order of a payment is that of the account, whatever the merchant, so
 * what belongs to a payment is found by the payment first. The functions that read entries are made anew with their view. Lists are
 * read from what an index tells.
 *
 * What the ledger needs of transactions and of the server is seen to in the database itself: durable commits and the isolation
 * level, bounded waits within a caller's transaction, and the server's timeline.
 */
export function version5({ schema, channel }: SchemaNames): string {
  return `
    ALTER TABLE ${schema}.deliveries ADD COLUMN IF NOT EXISTS account text;
    UPDATE ${schema}.deliveries AS d SET
      account = ':' || e.merchant || '@' || e.provider,
      queue = ${schema}.name_number('order', '', e.ordering_key)
    FROM ${schema}.entries AS e WHERE e.sequence = d.sequence;
    ALTER TABLE ${schema}.deliveries ALTER COLUMN account SET NOT NULL;
    DROP INDEX ${schema}.entries_by_payment;
    CREATE INDEX entries_by_payment ON ${schema}.entries (payment_id, merchant, accepted_at, sequence);

    DROP VIEW ${schema}.entry_rows CASCADE;
    DROP FUNCTION ${schema}.accept(text, boolean, text);
    DROP FUNCTION ${schema}.accept_each(text, boolean, text);
    DROP FUNCTION ${schema}.accept_together(text, text);
    DROP FUNCTION ${schema}.names_held(text, text, text, text[]);
    DROP FUNCTION ${schema}.name_number(text, text, text);
    ${listIndexes(schema)}
    ${entryRowsView(schema)}
    ${acceptFunction(schema, channel)}
    ${acceptGroupFunctions(schema, channel)}
    ${claimFunction(schema, claimCaution(schema))}
    ${settleFunction(schema)}
    ${interveneFunction(schema, channel)}
    ${durableCommit(schema)}
    ${acceptWithinFunction(schema)}
    ${timelineFunctions(schema)}
    ${withoutCompilation(schema)}
  `;
}
