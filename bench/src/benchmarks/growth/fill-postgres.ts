import { createPostgresStore } from '@fiscalkit/ledger/postgres';
import type { Client } from 'pg';
import { withClient } from '../../postgres.js';
import { dayMs, type FinishedReceipt, periodDays } from './ledger-under-test.js';
import { addTemplate } from './operations.js';

type Columns = Readonly<Record<string, string>>;

/** Age of the n-th of $1 copies, each accepted $2 milliseconds before the next. */
const ageMs = '($1::integer - n)::bigint * $2::bigint';

const merchantOfCopy = `'merchant-' || (n / 10 % 10)`;
const paymentOfCopy = '(n - (n % 10 = 9)::integer)::text';

/**
 * Columns of the n-th entry that differ from the template; ten in a row are of one merchant, the last a
 * refund.
 */
const entryColumns = (schema: string, merchant = merchantOfCopy): Columns => ({
  sequence: 'template.sequence + n',
  id: `uuidv7(-(${ageMs}) * interval '1 millisecond')::text`,
  merchant,
  key: `${schema}.entry_key(${merchant}, 'key:' || n)`,
  sale: `CASE WHEN n % 10 <> 9 THEN ${schema}.name_number('sale', ${merchant}, 'sell:' || ${paymentOfCopy}) END`,
  awaited: `CASE WHEN n % 10 = 9 THEN ${schema}.name_number('sale', ${merchant}, 'sell:' || ${paymentOfCopy}) END`,
  idempotency_key: `'key:' || n`,
  content_digest: `encode(sha256(n::text::bytea), 'hex')`,
  ordering_key: `'receipt:freedompay:' || (n / 10 % 10) || ':' || (n - (n % 10 = 9)::integer)`,
  payment_id: paymentOfCopy,
  total_minor: '100 + n % 5000',
  operation_type: `CASE WHEN n % 10 = 9 THEN 'sell_refund' ELSE 'sell' END`,
  depends_on: `CASE WHEN n % 10 = 9 THEN 'sell' END`,
  accepted_at: `template.accepted_at - ${ageMs}`,
});

const deliveryColumns = (schema: string): Columns => ({
  sequence: 'entries.sequence',
  merchant: 'entries.merchant',
  queue: `${schema}.name_number('order', '', entries.ordering_key)`,
  accepted_at: 'entries.accepted_at',
  changed_at: 'entries.accepted_at + 1000',
  provider_document_id: 'gen_random_uuid()::text',
});

/** Each has numbers of its own; the attribute has ten digits. */
const registrationColumns: Columns = {
  sequence: 'entries.sequence',
  registration: `replace(replace(template.registration, '17042', entries.sequence::text),
    '1404381522', (1000000000 + entries.sequence)::text)`,
};

const journalColumns = (schema: string): Columns => ({
  position: `nextval('${schema}.journal_positions')`,
  entry_id: 'entries.id',
  at: 'entries.accepted_at',
});

/** A ledger to fill; its receipts are of ten merchants when none is given. */
interface Filling {
  readonly schema: string;
  readonly size: number;
  readonly merchant?: string;
}

/** Makes a ledger with so many finished receipts, and returns some of them. */
export async function fillPostgres(connectionString: string, filling: Filling): Promise<FinishedReceipt[]> {
  const store = await createPostgresStore({ connectionString, schema: filling.schema });
  await addTemplate(store);
  await store.close();
  return withClient(connectionString, async (client) => {
    const finished = await copyTemplate(client, filling);
    // What autovacuum and checkpoints would have done by the time that so many receipts had come in.
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
    return finished;
  });
}

/** Copies the one finished receipt of the ledger. */
async function copyTemplate(client: Client, { schema, size, merchant }: Filling): Promise<FinishedReceipt[]> {
  const copy = async (table: string, others: Columns, from: string, values: readonly unknown[] = []) => {
    await client.query(`CREATE TEMP TABLE template AS SELECT * FROM ${schema}.${table}`);
    const columns = await copiedColumns(client, schema, table, others);
    await client.query(`INSERT INTO ${schema}.${table} ${columns} FROM template, ${from}`, [...values]);
    await client.query('DROP TABLE template');
  };
  const copies = `${schema}.entries WHERE entries.sequence > 1`;

  const stepMs = Math.floor((periodDays * dayMs) / size);
  const ofEntries = entryColumns(schema, merchant === undefined ? undefined : client.escapeLiteral(merchant));
  await copy('entries', ofEntries, 'generate_series(1, $1::integer) AS n', [size, stepMs]);
  await copy('deliveries', deliveryColumns(schema), copies);
  await copy('registrations', registrationColumns, copies);
  await copy('journal', journalColumns(schema), copies);
  await client.query(`UPDATE ${schema}.finished SET entries = entries + $1`, [size]);
  const identity = `pg_get_serial_sequence('${schema}.entries', 'sequence')`;
  await client.query(`SELECT setval(${identity}, (SELECT max(sequence) FROM ${schema}.entries))`);
  return someReceipts(client, schema, Math.ceil(size / 1000));
}

/** Returns the columns of the table with the source of each: the template, unless another is given. */
async function copiedColumns(
  client: Client,
  schema: string,
  table: string,
  others: Columns,
): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname::text AS name FROM pg_attribute
     WHERE attrelid = '${schema}.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  const names = rows.map(({ name }) => name);
  const sources = names.map((name) => others[name] ?? `template.${name}`);
  return `(${names.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${sources.join(', ')}`;
}

async function someReceipts(client: Client, schema: string, step: number): Promise<FinishedReceipt[]> {
  const { rows } = await client.query<FinishedReceipt>(
    `SELECT merchant, id FROM ${schema}.entries WHERE sequence % $1 = 0 ORDER BY random()`,
    [step],
  );
  return rows;
}
