import fc from 'fast-check';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '../../entry/entry.js';
import { firstBrokenRow } from '../../journal/journal-row.js';
import { newEntry } from '../new-entry.fixture.js';
import { createPostgresStore } from './create-postgres-store.js';
import type { PostgresStore } from './postgres-store.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

/** What an entry is known by; few values, so that entries of a group often meet. */
interface Names {
  readonly merchant: string;
  readonly key: number;
  readonly content: number;
  readonly payment: number;
  readonly account: number;
  readonly operationType: string;
  readonly uniqueKeys: readonly number[];
  readonly onTwin: NewEntry['onTwin'] | null;
}

const names = (values: number): fc.Arbitrary<Names> =>
  fc.record({
    merchant: fc.constantFrom('shop', 'other'),
    key: fc.nat(values),
    content: fc.nat(1),
    payment: fc.nat(values),
    account: fc.nat(1),
    operationType: fc.constantFrom('sell', 'sell', 'sell_refund'),
    uniqueKeys: fc.array(fc.nat(values), { maxLength: 2 }),
    onTwin: fc.constantFrom(null, 'refuse', 'replay'),
  });

/** Groups in which nearly all, some, and nearly none of the entries meet. */
const groups = fc.array(
  fc
    .constantFrom(3, 30, 1_000_000)
    .chain((values) => fc.array(names(values), { minLength: 2, maxLength: 8 })),
  { minLength: 1, maxLength: 4 },
);

function entryOf(named: Names): NewEntry {
  const { merchant, key, content, payment, account, operationType, uniqueKeys, onTwin } = named;
  return newEntry({
    merchant,
    idempotencyKey: `key:${key}`,
    contentDigest: `content:${content}`,
    orderingKey: `receipt:${account}:${payment}`,
    facets: { paymentId: `${payment}`, operationType, totalMinor: 500 },
    uniqueKeys: uniqueKeys.map((key) => `link:${key}`),
    ...(onTwin && { onTwin }),
  });
}

/** What accepting came to, without what the database's clock and counters say. */
async function accept(store: PostgresStore, entry: NewEntry) {
  const outcome = await store.accept(entry);
  const { id, state, version, dueAt } = outcome.entry;
  return {
    kind: outcome.kind,
    over: 'over' in outcome && outcome.over,
    id,
    state,
    version,
    isDue: dueAt !== null,
  };
}

async function acceptOneByOne(store: PostgresStore, entries: readonly NewEntry[]) {
  const outcomes = [];
  for (const entry of entries) outcomes.push(await accept(store, entry));
  return outcomes;
}

describe('a group of entries', () => {
  it('comes to the same as its entries one by one', async () => {
    const [together, apart] = [await stores.open(stores.newSchema()), await stores.open(stores.newSchema())];
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(groups, async (all) => {
        runs += 1;
        for (const group of all) {
          const entries = group.map((named) => entryOf({ ...named, merchant: `${named.merchant}-${runs}` }));
          const expected = await acceptOneByOne(apart, entries);
          expect(await Promise.all(entries.map((entry) => accept(together, entry)))).toEqual(expected);
        }
        for (const merchant of [`shop-${runs}`, `other-${runs}`]) {
          const page = { merchant, offset: 0, limit: 100 };
          const [one, other] = [await together.list(page), await apart.list(page)];
          expect(one.map(({ id }) => id)).toEqual(other.map(({ id }) => id));
          for (const { id } of one) expect(firstBrokenRow(await together.journal(id))).toBeNull();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is stored in its order, by one clock, and nothing else is left out', async () => {
    const store = await stores.open(stores.newSchema());
    const given = Array.from({ length: 50 }, () => newEntry({ uniqueKeys: [`link:${Math.random()}`] }));
    const outcomes = await Promise.all(given.map((entry) => store.accept(entry)));
    expect(outcomes).toMatchObject(given.map((entry) => ({ kind: 'accepted', entry })));
    const accepted = outcomes.map(({ entry }) => entry);
    expect(accepted.map(({ sequence }) => sequence)).toEqual(given.map((_, index) => index + 1));
    expect(new Set(accepted.map(({ acceptedAt }) => acceptedAt.getTime())).size).toBe(1);
    for (const entry of accepted) expect(await store.get('shop', entry.id)).toEqual(entry);
  });

  it('reads nothing of the entries that are there, although its plan was made before them', async () => {
    const schema = stores.newSchema();
    const pool = new Pool({ connectionString: stores.server().connectionString, max: 1 });
    const store = await createPostgresStore({ pool, schema });
    for (let group = 0; group < 10; group += 1) {
      await Promise.all(Array.from({ length: 20 }, () => store.accept(newEntry())));
    }
    await pool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await pool.query(
      `SELECT indexrelname, idx_tup_read::integer AS read FROM pg_stat_user_indexes
       WHERE schemaname = $1 AND relname IN ('entries', 'unique_keys', 'deliveries') AND idx_tup_read > 0`,
      [schema],
    );
    expect(rows).toEqual([]);
    await store.close();
    await pool.end();
  });
});

describe('functions of the ledger', () => {
  it('are never compiled and never planned for a whole table, whatever the server would do', async () => {
    const schema = stores.newSchema();
    await stores.open(schema);
    const client = await stores.connect();
    const { rows } = await client.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = '${schema}'::regnamespace
       AND 'plan_cache_mode=force_generic_plan' = ANY (proconfig)
       AND NOT proconfig @> ARRAY['jit=off', 'enable_seqscan=off']`,
    );
    expect(rows).toEqual([]);
  });
});
