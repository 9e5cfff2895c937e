import { type Client, Pool } from 'pg';
import { expect, it } from 'vitest';
import { doubtfulCode, leaseLostReason, sentAgainReason } from '../../../entry/doubt.js';
import { versionPrefix } from '../../../entry/operator-action.js';
import { saleRejectedReason } from '../../../entry/sale-dependency.js';
import { heldDetails, releasedDetails } from '../../../journal/details.js';
import { sha256Hex } from '../../../journal/digest.js';
import { newEntry } from '../../new-entry.fixture.js';
import { fenceLeap, restoredReason, restoreGuardDetails } from '../../restore-guard.js';
import { entryKey, entryNumbers } from '../entry-numbers.js';
import { sqlStates } from '../errors.js';
import { PostgresDatabase } from '../postgres-database.js';
import { usePostgresStores } from '../postgres-stores.fixture.js';
import { migrate, steps } from './migrate.js';
import { schemaNames } from './schema-names.js';

const stores = usePostgresStores();

/** The digests of the published versions: their text is never changed. */
const published = ['5026f24ea42851f1d098d608ac3beb63e946944e66cdca8ab611a551a12beea7'];

/** What a later version may do to a ledger that is in use. */
const adds =
  /^(?:CREATE (?:OR REPLACE )?(?:CONSTRAINT )?(?:UNIQUE )?(?:TABLE|SEQUENCE|TYPE|INDEX|VIEW|FUNCTION|TRIGGER)|ALTER TABLE \S+ ADD COLUMN|INSERT INTO|UPDATE|DO)\b/;

/** Returns the statements of a step that change or remove what is there. */
function changesOf(step: string): string[] {
  const plain = step.replaceAll(/\$(\w*)\$.*?\$\1\$/gs, '').replaceAll(/--.*/g, '');
  return plain
    .split(';')
    .map((statement) => statement.trim())
    .filter((text) => text !== '' && !adds.test(text));
}

/** A version after all that there are, as a later release might bring it. */
const later = `
  CREATE TABLE fiscalkit.later (number bigint PRIMARY KEY);
  ALTER TABLE fiscalkit.entries ADD COLUMN later bigint;
  CREATE INDEX entries_later ON fiscalkit.entries (later) WHERE later IS NOT NULL;
  CREATE OR REPLACE FUNCTION fiscalkit.event_kind(operation text, happening text) RETURNS text
  LANGUAGE sql IMMUTABLE AS $$ SELECT operation || happening $$;
`;

/** Returns all that makes up a ledger, by name. */
async function describeLedger(client: Client, schema: string): Promise<unknown> {
  const described: Record<string, unknown> = {};
  for (const [kind, text] of Object.entries(catalogue)) {
    const { rows } = await client.query(text, [schema]);
    described[kind] = rows.map((row) => JSON.stringify(row).replaceAll(schema, 'ledger'));
  }
  return described;
}

const ofSchema = '(SELECT oid FROM pg_namespace WHERE nspname = $1)';

const catalogue = {
  columns: `SELECT table_name, column_name, ordinal_position, data_type, udt_name, collation_name, column_default, is_nullable,
    is_identity FROM information_schema.columns WHERE table_schema = $1 ORDER BY table_name, ordinal_position`,
  relations: `SELECT relname, relkind, reloptions FROM pg_class WHERE relnamespace = ${ofSchema} ORDER BY relname`,
  indexes: 'SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY indexname',
  constraints: `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = ${ofSchema} ORDER BY 1, 2`,
  views: 'SELECT viewname, definition FROM pg_views WHERE schemaname = $1 ORDER BY viewname',
  functions: `SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE pronamespace = ${ofSchema} ORDER BY 1`,
  triggers: `SELECT pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid
    WHERE relnamespace = ${ofSchema} AND NOT tgisinternal ORDER BY 1`,
  types: `SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
    WHERE typnamespace = ${ofSchema} ORDER BY enumsortorder`,
};

/** Makes a ledger by one list of steps after the other; returns what it is then. */
async function ledgerOf(...versions: readonly (readonly string[])[]): Promise<unknown> {
  const schema = stores.newSchema();
  const pool = new Pool({ connectionString: stores.server().connectionString });
  const database = new PostgresDatabase({ pool, owned: true });
  for (const to of versions) await migrate(database, schemaNames(schema), to);
  await database.close();
  return describeLedger(await stores.connect(), schema);
}

it('keeps the text of every published version', () => {
  expect(steps.map(sha256Hex)).toEqual(published);
});

it('only adds to the version before', () => {
  for (const step of [...steps.slice(1), later]) expect(changesOf(step)).toEqual([]);
  expect(changesOf('DROP INDEX a; ALTER TABLE b RENAME TO c; CREATE TABLE d (e)')).toHaveLength(2);
});

it.each(steps.map((_, index) => index + 1))(
  'makes a ledger of version %i what a new one is',
  async (version) => {
    expect(await ledgerOf(steps.slice(0, version), steps)).toEqual(await ledgerOf(steps));
  },
);

it('makes a ledger of this release what a later one makes anew', async () => {
  const all = [...steps, later];
  const anew = await ledgerOf(all);
  expect(await ledgerOf(steps, all)).toEqual(anew);
  expect(anew).not.toEqual(await ledgerOf(steps));
});

it('tells the same reasons, details and numbers as the rest of the ledger', () => {
  const [version1 = ''] = steps;
  const texts = [
    ...[leaseLostReason, sentAgainReason, restoredReason, saleRejectedReason].map((reason) =>
      JSON.stringify(reason),
    ),
    JSON.stringify({ ...restoredReason, earlierUnknown: true }),
    ...[leaseLostReason, sentAgainReason, restoredReason, saleRejectedReason].map(({ code }) => `'${code}'`),
    ...[heldDetails(saleRejectedReason.code), releasedDetails, restoreGuardDetails, doubtfulCode].map(
      (text) => `'${text}'`,
    ),
    ...Object.values(sqlStates).map((state) => `ERRCODE = '${state}'`),
    `fence = fence + ${fenceLeap}`,
    `LIKE '${versionPrefix}%'`,
    `substr(new_idempotency_key, ${versionPrefix.length + 1})`,
  ];
  for (const text of texts) expect(version1).toContain(text);
});

it('gives names the numbers and keys that clients give them', async () => {
  const schema = stores.newSchema();
  await stores.open(schema);
  const client = await stores.connect();
  const sale = newEntry({ merchant: 'Магазин', uniqueKeys: ['link:a'] });
  const refund = { ...sale, facets: { ...sale.facets, operationType: 'sell_refund' } };
  const saleName = `sell:${sale.facets.paymentId}`;
  const { rows } = await client.query(
    `SELECT ${schema}.entry_key($1, $2) AS key, ${schema}.name_number('order', '', $3) AS queue,
       ${schema}.name_number('sale', $1, $4) AS sale, ${schema}.name_number('claim', $1, 'link:a') AS claim,
       ${schema}.name_number('key', $1, $2) AS key_number`,
    [sale.merchant, sale.idempotencyKey, sale.orderingKey, saleName],
  );
  const [told] = rows;
  const numbers = entryNumbers(sale);
  expect(entryKey(sale.merchant, sale.idempotencyKey)).toBe(told.key.replaceAll('-', ''));
  expect([numbers.key, numbers.queue, numbers.sale, numbers.awaited].map(String)).toEqual(
    [told.key.replaceAll('-', ''), told.queue, told.sale, null].map(String),
  );
  expect(numbers.locks.map(String)).toEqual([told.queue, told.key_number, told.claim]);
  expect(entryNumbers(refund)).toMatchObject({ sale: null, awaited: BigInt(told.sale) });
  expect(entryNumbers(refund).locks.map(String)).toContain(told.sale);
});
