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
  await client.query(
    `WITH many AS (
      SELECT * FROM json_to_recordset($1) AS many (
        number bigint, merchant text, operation text, operation_type text, total_minor bigint, payment_id text, name text,
        state ${schema}.entry_state, accepted_at bigint
      )
    ), entries AS (
      INSERT INTO ${schema}.entries (
        sequence, id, key, merchant, provider, operation, idempotency_key, content_digest, claims, ordering_key, payment_id,
        operation_type, total_minor, position_names, document, reference, business_time, body, accepted_at
      ) OVERRIDING SYSTEM VALUE SELECT
        number, 'id-' || number, gen_random_uuid(), merchant, 'p', operation, number, '', '[]', number, payment_id,
        operation_type, total_minor, E'\\n' || to_json(name)::text || E'\\n', '{}', '', 0, '', accepted_at
      FROM many
    ), journal AS (
      INSERT INTO ${schema}.journal (at, version, to_state, entry_id, hash, details)
      SELECT accepted_at, 1, 'accepted', 'id-' || number, '', '{}' FROM many
    )
    INSERT INTO ${schema}.deliveries (
      sequence, provider, account, merchant, queue, accepted_at, state, changed_at, fence, attempts, failures, outage,
      version, hash
    ) SELECT
      number, 'p', 'p', merchant, number, accepted_at, state, 0, 0, 0, 0, false, 1, ''
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
