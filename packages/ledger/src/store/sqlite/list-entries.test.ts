import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryQuery } from '../ledger-store.js';
import { listInSlices } from '../list-in-slices.js';
import { prepareList } from './list-entries.js';
import { openDatabase } from './open-database.js';

const entries = 24_000;
let database: DatabaseSync;

beforeAll(() => {
  database = openDatabase(':memory:');
  database.exec(`
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${entries})
    INSERT INTO entries (
      id, merchant, provider, operation, idempotency_key, content_digest, claims, ordering_key, payment_id, operation_type,
      total_minor, document, reference, business_time, body, state, accepted_at, changed_at, fence, attempts, failures,
      version, hash
    ) SELECT
      'id-' || n, iif(n % 9 = 0, 'other', 'shop'), 'p', iif(n % 10 = 0, 'confirmation.anor', 'receipt'), n, '', '[]', n,
      n % 3, iif(n % 4 = 0, 'sell_refund', 'sell'), n % 100,
      json_object('positions', json_array(json_object('name', 'Tea ' || (n % 50)))), '', 0, x'00',
      CASE n % 1000 WHEN 0 THEN 'rejected' WHEN 1 THEN 'pending' ELSE 'registered' END,
      -- Many in a millisecond, and a clock that was set back.
      iif(n < 20000, n / 300, n / 300 - 20), 0, 0, 0, 0, 1, ''
    FROM numbers`);
});

afterAll(() => database.close());

/** Reads a list; answers its ids, and how many slices it took. */
async function list(query: Partial<EntryQuery>) {
  const read = prepareList(database);
  let slices = 0;
  const ids: string[] = [];
  const asked = { merchant: 'shop', offset: 0, limit: 100, ...query };
  const portions = listInSlices(asked, async (slice) => {
    slices += 1;
    return read(slice);
  });
  for await (const portion of portions) ids.push(...portion.map(({ id }) => id));
  return { ids, slices };
}

function inOneGo(condition: string, offset = 0): string[] {
  return database
    .prepare(
      `SELECT id FROM entries WHERE merchant = 'shop' AND (${condition})
       ORDER BY accepted_at DESC, sequence DESC LIMIT 100 OFFSET ${offset}`,
    )
    .all()
    .map(({ id }) => String(id));
}

const unfinished = ['accepted', 'sending', 'pending', 'unknown', 'parked'] as const;

const cases: readonly [string, Partial<EntryQuery>, string, number?][] = [
  ['everything', {}, 'true'],
  ['everything, deep', { offset: 21_300 }, 'true', 21_300],
  ['everything, beyond its end', { offset: 30_000 }, 'true', 30_000],
  ['receipts, deep', { operation: 'receipt', offset: 19_000 }, "operation = 'receipt'", 19_000],
  ['a total', { totalMinor: 77 }, 'total_minor = 77'],
  ['a total that nothing has', { totalMinor: 777 }, 'false'],
  ['refunds, deep', { operationType: 'sell_refund', offset: 5_000 }, "operation_type = 'sell_refund'", 5_000],
  ['a payment, deep', { paymentId: '1', offset: 7_000 }, "payment_id = '1'", 7_000],
  ['a payment and a total', { paymentId: '1', totalMinor: 4 }, "payment_id = '1' AND total_minor = 4"],
  ['a name, deep', { positionName: 'Tea 7', offset: 300 }, "document LIKE '%Tea 7\"%'", 300],
  ['a name that is a part of others', { positionName: 'Tea' }, 'false'],
  ['rejected', { states: ['rejected'] }, "state = 'rejected'"],
  ['unfinished', { states: unfinished }, "state NOT IN ('registered', 'rejected')"],
  ['unknown', { states: ['unknown'] }, 'false'],
  ['registered, deep', { states: ['registered'], offset: 21_000 }, "state = 'registered'", 21_000],
  ['registered, beyond its end', { states: ['registered'], offset: 30_000 }, 'false'],
  [
    'registered refunds, deep',
    { states: ['registered'], operationType: 'sell_refund', offset: 5_000 },
    "state = 'registered' AND operation_type = 'sell_refund'",
    5_000,
  ],
  [
    'registered and pending, deep',
    { states: ['registered', 'pending'], offset: 21_000 },
    "state <> 'rejected'",
    21_000,
  ],
  [
    'registered and rejected, deep',
    { states: ['registered', 'rejected'], offset: 21_000 },
    "state <> 'pending'",
    21_000,
  ],
  [
    'some days',
    { acceptedFrom: new Date(30), acceptedBefore: new Date(50), offset: 4_000 },
    'accepted_at BETWEEN 30 AND 49',
    4_000,
  ],
];

describe('a list of many entries', () => {
  it.each(cases)('is the same in slices as in one go: %s', async (_, query, condition, offset = 0) => {
    const { ids } = await list(query);
    expect(ids).toEqual(inOneGo(condition, offset));
  });

  it('takes several slices where many entries are to be looked at', async () => {
    expect((await list({ positionName: 'none' })).slices).toBeGreaterThan(3);
  });

  it.each(['shop', 'other'])('is the same where many of %s are unfinished', async (merchant) => {
    database.exec("UPDATE entries SET accepted_at = 40 WHERE merchant = 'other'");
    database.exec(`UPDATE entries SET state = 'pending' WHERE merchant = '${merchant}' AND sequence > 5000`);
    try {
      const { ids } = await list({ states: ['registered'], offset: 3_000 });
      expect(ids).toHaveLength(100);
      expect(ids).toEqual(inOneGo("state = 'registered'", 3_000));
    } finally {
      database.exec(`UPDATE entries SET state = CASE CAST(idempotency_key AS INTEGER) % 1000
        WHEN 0 THEN 'rejected' WHEN 1 THEN 'pending' ELSE 'registered' END`);
    }
  });

  it('looks at no entry that the index rules out, or leaves out', async () => {
    // Reading any document fails.
    database.exec(
      'ALTER TABLE entries RENAME COLUMN document TO kept; ALTER TABLE entries ADD COLUMN document TEXT',
    );
    try {
      const beyond = { offset: 30_000 };
      const all: readonly Partial<EntryQuery>[] = [
        { totalMinor: 777 },
        { operationType: 'buy' },
        beyond,
        { ...beyond, states: ['registered'] },
        { ...beyond, states: ['registered', 'rejected'] },
      ];
      for (const query of all) {
        expect((await list(query)).ids).toEqual([]);
      }
      await expect(list({ limit: 1 })).rejects.toThrow();
    } finally {
      database.exec(
        'ALTER TABLE entries DROP COLUMN document; ALTER TABLE entries RENAME COLUMN kept TO document',
      );
    }
  });
});
