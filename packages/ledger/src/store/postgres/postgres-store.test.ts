import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { entryStates } from '../../entry/entry.js';
import { eventKind } from '../../entry/fiscal-event.js';
import { hashJournalRow } from '../../journal/journal-row.js';
import { describeLedgerStore } from '../ledger-store.contract.js';
import { newEntry } from '../new-entry.fixture.js';
import { usePostgresStores } from './postgres-stores.fixture.js';

const stores = usePostgresStores();

describeLedgerStore('PostgreSQL', async () => stores.open(await stores.emptyLedger()));

describe('the journal in PostgreSQL', () => {
  let schema: string;

  beforeEach(async () => {
    schema = await stores.emptyLedger();
  });

  it('is chained by the same rule as everywhere', async () => {
    await stores.open(schema);
    const client = await stores.connect();
    // Texts that PostgreSQL can hold: no U+0000, no half of a surrogate pair.
    const text = fc.string({ unit: 'binary' }).map((any) => Buffer.from(any.replaceAll('\0', '')).toString());
    const fact = fc.record({
      entryId: text,
      version: fc.nat(),
      at: fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true }),
      from: fc.option(fc.constantFrom(...entryStates)),
      to: fc.constantFrom(...entryStates),
      details: text,
    });
    await fc.assert(
      fc.asyncProperty(fact, fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)), async (row, previous) => {
        const before = previous && Buffer.from(previous, 'hex');
        const values = [row.entryId, row.version, row.at.getTime(), row.from, row.to, row.details, before];
        const { rows } = await client.query(
          `SELECT ${schema}.journal_hash($1, $2, $3, $4, $5, $6, $7) AS hash`,
          values,
        );
        expect(rows[0].hash.toString('hex')).toBe(hashJournalRow(row, previous));
      }),
    );
  });

  it.each([
    "UPDATE journal SET details = '{}'",
    'DELETE FROM journal',
    'TRUNCATE journal',
    'UPDATE seals SET rows = 0',
    'DELETE FROM seals',
  ])('refuses to be rewritten: %s', async (statement) => {
    const store = await stores.open(schema);
    await store.accept(newEntry());
    await store.seal();
    const client = await stores.connect();
    await client.query(`SET search_path = ${schema}`);
    await expect(client.query(statement)).rejects.toThrow('append-only');
  });
});

describe('events in PostgreSQL', () => {
  it('are of the same kinds as everywhere', async () => {
    const schema = stores.newSchema();
    await stores.open(schema);
    const client = await stores.connect();
    const happenings = ['accepted', 'registered', 'rejected', 'unknown-for-long', 'overdue'] as const;
    for (const operation of ['receipt', 'confirmation.anor', 'confirmation', 'other']) {
      for (const happening of happenings) {
        const { rows } = await client.query(`SELECT ${schema}.event_kind($1, $2) AS kind`, [
          operation,
          happening,
        ]);
        expect(rows[0].kind).toBe(eventKind(operation, happening));
      }
    }
  });
});

describe('what PostgreSQL cannot hold', () => {
  it('is kept within a document, and refused in a key', async () => {
    const store = await stores.open(stores.newSchema());
    const document = {
      b: '\0',
      a: '\ud800',
      positions: [{ name: 'Tea\0' }, { name: 'Milk' }, 'no position'],
    };
    const { entry } = await store.accept(newEntry({ document }));
    const stored = await store.get('shop', entry.id);
    expect(JSON.stringify(stored?.document)).toBe(JSON.stringify(document));
    const page = { merchant: 'shop', offset: 0, limit: 10 };
    expect(await store.list({ ...page, positionName: 'Milk' })).toHaveLength(1);
    expect(await store.list({ ...page, positionName: 'Tea\0' })).toHaveLength(1);
    expect(await store.list({ ...page, positionName: 'Tea' })).toEqual([]);
    expect(await store.get('shop', '\0')).toBeNull();
    const outcomes = await Promise.allSettled([
      store.accept(newEntry({ idempotencyKey: 'key:\0' })),
      store.accept(newEntry()),
    ]);
    expect(outcomes).toMatchObject([
      { reason: { code: 'ledger.text', retryable: false } },
      { value: { kind: 'accepted' } },
    ]);
  });
});

describe('a clock of the server that was ahead', () => {
  it('leaves no entry that is older than nothing', async () => {
    const schema = stores.newSchema();
    const store = await stores.open(schema);
    await store.accept(newEntry());
    const client = await stores.connect();
    await client.query(`UPDATE ${schema}.deliveries SET accepted_at = accepted_at + 18000000`);
    const { oldestUnfinishedAt } = await store.figures(0, 0);
    expect(oldestUnfinishedAt?.getTime()).toBeLessThan(Date.now() + 60_000);
  });
});
