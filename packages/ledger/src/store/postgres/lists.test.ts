import { Client } from 'pg';
import { describeManyEntries } from '../contract/many-entries.contract.js';
import { prepareList } from './lists.js';
import { schemaNames } from './migrations/schema-names.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

describeManyEntries(async (entries) => {
  const schema = stores.newSchema();
  await stores.open(schema);
  const client = new Client(stores.server().connectionString);
  await client.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(
    `WITH many AS (
      SELECT * FROM json_to_recordset($1) AS many (
        number bigint, merchant text, operation text, operation_type text, total_minor bigint, payment_id text, name text,
        state text, accepted_at double precision
      )
    ), entries AS (
      INSERT INTO ${schema}.entries (
        sequence, id, merchant, provider, operation, idempotency_key, content_digest, claims, ordering_key, payment_id,
        operation_type, total_minor, position_names, document, reference, business_time, body, accepted_at
      ) OVERRIDING SYSTEM VALUE SELECT
        number, 'id-' || number, merchant, 'p', operation, number, '', '[]', number, payment_id,
        operation_type, total_minor, ARRAY[name], '{}', '', now(), '', to_timestamp(accepted_at / 1000)
      FROM many
    )
    INSERT INTO ${schema}.deliveries (
      sequence, provider, account, merchant, queue, accepted_at, state, changed_at, fence, attempts, failures, outage,
      version, hash
    ) SELECT
      number, 'p', 'p', merchant, number, to_timestamp(accepted_at / 1000), state, now(), 0, 0, 0, false, 1, ''
    FROM many`,
    [JSON.stringify(entries)],
  );
  return {
    read: prepareList(schemaNames(schema), async (statement, values = []) => {
      const { rows } = await client.query({ ...statement, values: [...values] });
      return rows;
    }),
    close: () => client.end(),
  };
});
