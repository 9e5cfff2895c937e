import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { describeManyEntries, type ManyEntry, manyEntries } from '../contract/many-entries.contract.js';
import type { EntryQuery } from '../ledger-store.js';
import { listInSlices, wholeList } from '../list-in-slices.js';
import { prepareList } from './lists.js';
import { openDatabase } from './open-engine.js';

function fill(entries: readonly ManyEntry[]): DatabaseSync {
  const database = openDatabase(':memory:');
  database
    .prepare(
      "INSERT INTO names (name) SELECT value ->> 'merchant' FROM json_each(:entries) UNION SELECT value ->> 'operation' FROM json_each(:entries)",
    )
    .run({ entries: JSON.stringify(entries) });
  const numberOf = (name: string) => `(SELECT number FROM names WHERE name = value ->> '${name}')`;
  database
    .prepare(
      `INSERT INTO entries (
        sequence, id, merchant, provider, operation, key, idempotency_key, content_digest, claims, ordering_key, payment_id,
        operation_type, total_minor, document, reference, business_time, body, accepted_at
      ) SELECT
        value ->> 'number', 'id-' || (value ->> 'number'), ${numberOf('merchant')}, 0, ${numberOf('operation')}, randomblob(16),
        value ->> 'number', '', '[]', value ->> 'number', value ->> 'payment_id', value ->> 'operation_type',
        value ->> 'total_minor', json_object('positions', json_array(json_object('name', value ->> 'name'))), '', 0, x'00',
        value ->> 'accepted_at'
      FROM json_each(?)`,
    )
    .run(JSON.stringify(entries));
  database
    .prepare(
      `INSERT INTO deliveries (
        sequence, provider, account, merchant, queue, accepted_at, state, changed_at, fence, attempts, failures, version, block, hash
      ) SELECT value ->> 'number', 0, 0, ${numberOf('merchant')}, 0, value ->> 'accepted_at', value ->> 'state', 0, 0, 0, 0, 1, 1, ''
      FROM json_each(?)`,
    )
    .run(JSON.stringify(entries));
  return database;
}

describeManyEntries(async (entries) => {
  const database = fill(entries);
  return { read: prepareList(database), close: () => database.close() };
});

describe('a list that an index answers', () => {
  it('looks at no entry that the index rules out, or leaves out', async () => {
    const database = fill(manyEntries);
    // Reading any document fails: that of the view is none any more.
    const view = String(
      database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'entry_rows'").get()?.sql,
    );
    database.exec(`DROP VIEW entry_rows; ${view.replace('entries.document,', 'NULL AS document,')}`);
    const read = prepareList(database);
    const list = (query: Partial<EntryQuery>) =>
      wholeList(
        listInSlices({ merchant: 'shop', offset: 0, limit: 100, ...query }, async (slice) => read(slice)),
      );
    const beyond = { offset: 30_000 };
    const queries: readonly Partial<EntryQuery>[] = [
      { totalMinor: 777 },
      { operationType: 'buy' },
      beyond,
      { ...beyond, states: ['registered'] },
      { ...beyond, states: ['registered', 'rejected'] },
    ];
    for (const query of queries) expect(await list(query)).toEqual([]);
    await expect(list({ limit: 1 })).rejects.toThrow();
    database.close();
  });
});
