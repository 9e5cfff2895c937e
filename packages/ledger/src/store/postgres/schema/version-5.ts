import { acceptFunction } from './accept-function.js';
import { acceptGroupFunctions } from './accept-group-functions.js';
import { acceptWithinFunction } from './accept-within-function.js';
import { claimCaution } from './caution-function.js';
import { claimFunction, queueFunctions } from './claim-function.js';
import { durableCommit } from './durable-commit.js';
import { interveneFunction } from './intervene-function.js';
import { listIndexes } from './list-indexes.js';
import { entryRowsView } from './reading-views.js';
import { saleFunctions } from './sale-functions.js';
import type { SchemaNames } from './schema-names.js';
import { settleFunction } from './settle-function.js';
import { timelineFunctions } from './timeline-functions.js';
import { withoutCompilation } from './without-compilation.js';

/**
 * Accounts, through which entries are delivered. The order of a payment is that of the account, whatever the merchant, so
 * what belongs to a payment is found by the payment first. What an entry depends on, and whether it waits for that; entries that were
 * accepted before wait in the order of acceptance only. The functions that read entries are made anew with
 * their view. Lists are read from what an index tells.
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
    ALTER TABLE ${schema}.entries ADD COLUMN IF NOT EXISTS depends_on text;
    UPDATE ${schema}.entries SET depends_on = CASE
      WHEN operation_type IN ('sell_refund', 'buy_refund') THEN replace(operation_type, '_refund', '')
      WHEN operation_type IN ('sell', 'buy') AND json_typeof(document -> 'settlements') = 'array' AND EXISTS (
        SELECT FROM json_array_elements(document -> 'settlements') AS part WHERE part ->> 'type' = 'prepayment'
      ) THEN operation_type
    END WHERE operation = 'receipt';
    ALTER TABLE ${schema}.deliveries ADD COLUMN IF NOT EXISTS awaits bigint;
    CREATE INDEX IF NOT EXISTS deliveries_awaiting ON ${schema}.deliveries (awaits) WHERE awaits IS NOT NULL;
    DROP INDEX ${schema}.entries_by_payment;
    CREATE INDEX entries_by_payment ON ${schema}.entries (payment_id, merchant, accepted_at, sequence);

    DROP VIEW ${schema}.entry_rows CASCADE;
    DROP FUNCTION ${schema}.accept(text, boolean, text);
    DROP FUNCTION ${schema}.accept_each(text, boolean, text);
    DROP FUNCTION ${schema}.accept_together(text, text);
    DROP FUNCTION ${schema}.wake_queues(bigint[], timestamptz);
    DROP FUNCTION IF EXISTS ${schema}.names_held(text, text, text, text[]), ${schema}.names_held(text, text, text, text[], text);
    DROP FUNCTION ${schema}.name_number(text, text, text);
    ${listIndexes(schema)}
    ${entryRowsView(schema)}
    ${saleFunctions(schema)}
    ${acceptFunction(schema, channel)}
    ${acceptGroupFunctions(schema, channel)}
    ${queueFunctions(schema)}
    ${claimFunction(schema, claimCaution(schema))}
    ${settleFunction(schema)}
    ${interveneFunction(schema, channel)}
    ${durableCommit(schema)}
    ${acceptWithinFunction(schema)}
    ${timelineFunctions(schema)}
    ${withoutCompilation(schema)}
  `;
}
