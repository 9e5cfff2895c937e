import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit, useSampleLedger } from '../contract/audited-ledger.fixture.js';
import { describeLedgerAudit, describeMissingGuards } from '../contract/ledger-audit.contract.js';
import { openAuditedSqliteLedger } from './audited-sqlite-ledger.fixture.js';

describeLedgerAudit('SQLite', openAuditedSqliteLedger);

const noGuard = 'BEFORE UPDATE ON journal BEGIN SELECT 1; END';

describeMissingGuards(openAuditedSqliteLedger, [
  { name: 'of deletion', statements: ['DROP TRIGGER journal_keeps_rows'], guards: 1 },
  {
    name: 'of the seals',
    statements: ['DROP TRIGGER seals_keep_rows', 'DROP TRIGGER seals_keep_facts'],
    guards: 2,
  },
  {
    name: 'another of the same name',
    statements: ['DROP TRIGGER journal_keeps_facts', `CREATE TRIGGER journal_keeps_facts ${noGuard}`],
    guards: 1,
  },
]);

/** The columns of which every byte counts, and that take a text. */
const texts = {
  journal: ['entry_id', 'from_state', 'to_state', 'details', 'hash'],
  seals: ['hash', 'outline'],
  entries: ['id', 'merchant', 'provider', 'operation', 'claims', 'ordering_key', 'document', 'body'],
  deliveries: ['registration'],
} as const;

describe('any byte', () => {
  const setup = useSampleLedger(openAuditedSqliteLedger);

  it.each(Object.keys(texts) as (keyof typeof texts)[])('of %s that is changed is found', async (table) => {
    const { ledger } = setup;
    const place = fc.record({
      column: fc.constantFrom(...texts[table]),
      row: fc.nat(20),
      at: fc.nat(500),
      text: fc.constantFrom('~', 'é', '\u2028'),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ column, row, at, text }) => {
        await ledger.reset();
        const was = `CAST(${column} AS TEXT)`;
        const start = `(${at} % length(${was}))`;
        const changed = `substr(${was}, 1, ${start}) || '${text}' || substr(${was}, 2 + ${start})`;
        const assigned = column === 'body' ? `CAST(${changed} AS BLOB)` : changed;
        await ledger.tamper(
          `UPDATE ${table} SET ${column} = ${assigned} WHERE ${column} IS NOT NULL AND rowid =
             (SELECT rowid FROM ${table} WHERE ${column} IS NOT NULL ORDER BY rowid LIMIT 1
              OFFSET ${row} % (SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL))`,
        );
        expect((await audit(ledger)).ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('several rows', () => {
  const setup = useSampleLedger(openAuditedSqliteLedger);
  const modifications = {
    'audit.row.changed': (position: number) =>
      `UPDATE journal SET details = details || ' ' WHERE position = ${position}`,
    'audit.row.missing': (position: number) => `DELETE FROM journal WHERE position = ${position}`,
  };
  const codes = Object.keys(modifications) as (keyof typeof modifications)[];

  it('that are changed or removed are all named, in the order of positions', async () => {
    const { ledger, sample } = setup;
    const sealed = sample.rows.filter(({ position }) => position <= sample.row(sample.last, 3).position);
    const touched = fc.uniqueArray(
      fc.record({ row: fc.constantFrom(...sealed), code: fc.constantFrom(...codes) }),
      { selector: ({ row }) => row.position, minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(touched, async (each) => {
        await ledger.reset();
        await ledger.tamper(...each.map(({ row, code }) => modifications[code](row.position)));
        const named = (await audit(ledger)).faults.map(({ code, position, entryId, version }) => [
          ...[code, position, entryId, version],
        ]);
        // What a row behind a removed one should follow from is not known.
        const isBehindRemoved = ({ row, code }: (typeof each)[number]) =>
          code === 'audit.row.changed' &&
          each.some(
            (other) =>
              other.code === 'audit.row.missing' &&
              other.row.entryId === row.entryId &&
              other.row.version === row.version - 1,
          );
        const expected = each
          .filter((modification) => !isBehindRemoved(modification))
          .sort((one, other) => one.row.position - other.row.position)
          .map(({ code, row: { position, entryId, version } }) => [code, position, entryId, version]);
        expect(named).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
