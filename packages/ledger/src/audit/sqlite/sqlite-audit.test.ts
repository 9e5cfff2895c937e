import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextVersionKey } from '../../entry/operator-action.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import { audit, useSampleLedger } from '../contract/audited-ledger.fixture.js';
import { describeLedgerAudit, describeMissingGuards } from '../contract/ledger-audit.contract.js';
import { openAuditedSqliteLedger, tamperStored } from './audited-sqlite-ledger.fixture.js';

describeLedgerAudit('SQLite', openAuditedSqliteLedger, { sealsApart: false });

const noGuard = 'BEFORE UPDATE ON journal BEGIN SELECT 1; END';

describeMissingGuards(openAuditedSqliteLedger, [
  { name: 'of deletion', statements: ['DROP TRIGGER journal_keeps_rows'], guards: 1 },
  {
    name: 'all of them',
    statements: ['DROP TRIGGER journal_keeps_rows', 'DROP TRIGGER journal_keeps_facts'],
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

describe('a block', () => {
  let path: string;
  const setup = useSampleLedger(async () => {
    const opened = await openAuditedSqliteLedger();
    path = opened.path;
    await Promise.all(Array.from({ length: 5 }, () => opened.store.accept(newEntry())));
    return opened;
  });
  const faultsAfter = async (...statements: readonly string[]) => {
    await tamperStored(path, ...statements);
    return (await audit(setup.ledger)).faults;
  };

  it('of several rows is proven with the one before', async () => {
    const { ledger, sample } = setup;
    const report = await audit(ledger);
    expect(report).toMatchObject({ ok: true, rows: 5 + sample.rows.length, seals: 1 + sample.rows.length });
  });

  it.each([
    ['at', 'at = at + 1'],
    ['first_position', 'first_position = first_position + 1'],
    ['first_position (to nothing)', 'first_position = 0'],
    ['first_position (beyond all)', 'first_position = 9223372036854775807'],
    ['rows', 'rows = rows + 1'],
    ['rows (beyond all)', 'rows = 9223372036854775807'],
    ['hash', 'hash = zeroblob(32)'],
    ['facts (a blank)', "facts = facts || ' '"],
  ])('whose %s was changed is the first fault', async (_column, assignment) => {
    for (const number of [1, 4]) {
      const position = number === 1 ? 1 : 8;
      const [first, ...others] = await faultsAfter(
        `UPDATE journal SET ${assignment} WHERE number = ${number}`,
      );
      expect(first).toMatchObject({ code: 'audit.seal.changed', seal: number, position });
      expect(others).toEqual([]);
      await setup.ledger.reset();
    }
  });

  it('whose rows cannot be read is found where it stands, and its rows are missed', async () => {
    const faults = await faultsAfter("UPDATE journal SET facts = '[' WHERE number = 1");
    expect(faults[0]).toMatchObject({ code: 'audit.row.missing', position: 1 });
    expect(faults.filter(({ entryId }) => entryId !== undefined)).toHaveLength(5);
  });

  it('that was removed is missed, with its rows', async () => {
    const [first, ...others] = await faultsAfter('DELETE FROM journal WHERE number = 4');
    const { position } = first ?? {};
    expect(position).toBe(8);
    expect([first, ...others].map((fault) => fault?.code).sort()).toEqual([
      'audit.row.missing',
      'audit.seal.missing',
    ]);
  });

  it.each([
    ['the last', 'number = (SELECT max(number) FROM journal)'],
    ['all after some point', 'number > 7'],
    ['all', 'true'],
  ])('is missed at the end, too: %s', async (_name, which) => {
    const faults = await faultsAfter(`DELETE FROM journal WHERE ${which}`);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'audit.seal.missing' }));
    expect(faults).toContainEqual(expect.objectContaining({ code: 'audit.row.missing' }));
  });

  it('that was put in is found', async () => {
    const made = "at, 1, rows, zeroblob(32), '[]'";
    const before = await faultsAfter(`INSERT INTO journal SELECT -1, ${made} FROM journal WHERE number = 1`);
    expect(before).toMatchObject([{ code: 'audit.seal.changed', seal: -1 }]);
    await setup.ledger.reset();
    const behind = await faultsAfter(
      `INSERT INTO journal SELECT NULL, ${made} FROM journal WHERE number = 1`,
    );
    expect(behind).toMatchObject([{ code: 'audit.seal.changed' }]);
  });

  it('is not moved', async () => {
    const faults = await faultsAfter(
      'UPDATE journal SET number = 900 WHERE number = 4',
      'UPDATE journal SET number = 4 WHERE number = 5',
      'UPDATE journal SET number = 5 WHERE number = 900',
    );
    expect(faults[0]).toMatchObject({ position: 8 });
  });

  it('and the entry that names another one are found', async () => {
    const { sequence, id } = setup.sample.plain;
    const faults = await faultsAfter(`UPDATE deliveries SET block = block + 1 WHERE sequence = ${sequence}`);
    expect(faults).toMatchObject([{ code: 'audit.entry.changed', entryId: id }]);
  });
});

describe('the next version of an entry', () => {
  let path: string;
  const setup = useSampleLedger(async () => {
    const opened = await openAuditedSqliteLedger();
    path = opened.path;
    return opened;
  });

  it.each(['NULL', '1', '9223372036854775807'])(
    'that names %s as the one before is found',
    async (previous) => {
      const { ledger, sample } = setup;
      const idempotencyKey = nextVersionKey(sample.refused.id);
      const { entry } = await ledger.store.accept(newEntry({ idempotencyKey }));
      expect((await audit(ledger)).ok).toBe(true);
      await tamperStored(
        path,
        `UPDATE entries SET previous = ${previous} WHERE sequence = ${entry.sequence}`,
      );
      const { faults } = await audit(ledger);
      expect(faults).toMatchObject([{ code: 'audit.entry.changed', entryId: entry.id }]);
    },
  );
});

describe('several rows', () => {
  const setup = useSampleLedger(openAuditedSqliteLedger);
  const modifications = {
    'audit.row.changed': (position: number) =>
      `UPDATE journal SET details = details || ' ' WHERE position = ${position}`,
    'audit.row.missing': (position: number) => `DELETE FROM journal WHERE position = ${position}`,
  };
  const codes = Object.keys(modifications) as (keyof typeof modifications)[];

  it('that are changed or removed are all named, and the first is first', async () => {
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
        const { faults } = await audit(ledger);
        const positions = each.map(({ row }) => row.position);
        expect(faults[0]?.position).toBe(Math.min(...positions));
        // What a row behind a removed one should follow from is not known.
        const isBehindRemoved = ({ row, code }: (typeof each)[number]) =>
          code === 'audit.row.changed' &&
          each.some(
            (other) =>
              other.code === 'audit.row.missing' &&
              other.row.entryId === row.entryId &&
              other.row.version === row.version - 1,
          );
        for (const { row, code } of each.filter((modification) => !isBehindRemoved(modification))) {
          const { entryId, version } = row;
          expect(faults).toContainEqual(expect.objectContaining({ code, entryId, version }));
        }
      }),
      { numRuns: 60 },
    );
  });
});
