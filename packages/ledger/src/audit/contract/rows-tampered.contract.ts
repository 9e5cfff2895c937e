import { describe } from 'vitest';
import type { JournalRow } from '../../journal/journal-row.js';
import type { AuditFault } from '../audit-fault.js';
import type { AuditedLedger, OpenAuditedLedger } from './audit-bench.fixture.js';
import { about, type Deed, itFindsEach } from './deed.fixture.js';
import type { SampleLedger } from './sample-ledger.fixture.js';

const change = (row: JournalRow, assignment: string) =>
  `UPDATE journal SET ${assignment} WHERE position = ${row.position}`;
const remove = (...rows: readonly JournalRow[]) =>
  `DELETE FROM journal WHERE position IN (${rows.map(({ position }) => position).join(', ')})`;
const move = (row: JournalRow, position: number) => change(row, `position = ${position}`);
const swap = (one: JournalRow, other: JournalRow) => [
  move(one, 900_000),
  move(other, one.position),
  `UPDATE journal SET position = ${other.position} WHERE position = 900000`,
];

type Pick = (sample: SampleLedger) => JournalRow;

const rowsInTurn: Readonly<Record<string, Pick>> = {
  'the first row of an entry': (sample) => sample.row(sample.plain, 1),
  'a row in the middle of an entry': (sample) => sample.row(sample.winding, 4),
  'the last row of an entry': (sample) => sample.row(sample.winding, 7),
  'the last sealed row': (sample) => sample.row(sample.last, 3),
  'the first unsealed row': (sample) => sample.row(sample.sending, 1),
  'the last row of an unsealed entry': (sample) => sample.row(sample.sending, 2),
  'the last row of the journal': (sample) => sample.row(sample.fresh, 1),
};

type Assignment = readonly [
  column: string,
  assignment: (ledger: AuditedLedger) => string,
  /** The row under its other name. */
  renamed?: (row: JournalRow) => JournalRow,
];

const assignments: readonly Assignment[] = [
  [
    'entry_id',
    () => "entry_id = 'x' || substr(entry_id, 2)",
    (row) => ({ ...row, entryId: `x${row.entryId.slice(1)}` }),
  ],
  ['version', () => 'version = version + 20', (row) => ({ ...row, version: row.version + 20 })],
  ['at', (ledger) => `at = ${ledger.later('at')}`],
  ['from_state', () => "from_state = 'parked'"],
  ['to_state', () => "to_state = 'parked'"],
  ['details', () => "details = replace(details, ':', ': ')"],
  [
    'hash (its first digit)',
    () => "hash = CASE WHEN hash LIKE '0%' THEN '1' ELSE '0' END || substr(hash, 2)",
  ],
  [
    'hash (its last digit)',
    () => "hash = substr(hash, 1, 63) || CASE WHEN hash LIKE '%0' THEN '1' ELSE '0' END",
  ],
];

const isUnsealed = (sample: SampleLedger, row: JournalRow) =>
  row.position > sample.row(sample.last, 3).position;

/** A missing row whose position nothing tells. */
function missing(row: JournalRow): Partial<AuditFault> {
  const { position: _unknown, ...named } = about('audit.row.missing', row);
  return named;
}

const changed: readonly Deed[] = Object.entries(rowsInTurn).flatMap(([name, pick]) =>
  assignments.map(
    ([column, assignment, renamed]): Deed => ({
      deed: `${column} of ${name} changed`,
      statements: (sample, ledger) => [change(pick(sample), assignment(ledger))],
      faults: (sample) => {
        const row = pick(sample);
        // What a row is called is known from the seals alone.
        return renamed && isUnsealed(sample, row)
          ? [about('audit.row.foreign', renamed(row)), missing(row)]
          : [about('audit.row.changed', row)];
      },
    }),
  ),
);

const removed: readonly Deed[] = Object.entries(rowsInTurn).map(([name, pick]) => ({
  deed: `${name} removed`,
  statements: (sample) => [remove(pick(sample))],
  faults: (sample, { contiguous }) => {
    const row = pick(sample);
    return [isUnsealed(sample, row) && !contiguous ? missing(row) : about('audit.row.missing', row)];
  },
}));

const moved: readonly Deed[] = [
  ['two rows of one entry, one after the other', 2, 3],
  ['two rows of one entry, far apart', 1, 7],
].map(([name, one, other]) => ({
  deed: `${name}, swapped`,
  statements: ({ row, winding }) => swap(row(winding, Number(one)), row(winding, Number(other))),
  faults: ({ row, winding }) =>
    [Number(one), Number(other)].map((version) => about('audit.row.moved', row(winding, version))),
}));

const others: readonly Deed[] = [
  {
    deed: 'two rows of different entries, one after the other, swapped',
    statements: ({ row, plain, winding }) => swap(row(plain, 3), row(winding, 2)),
    faults: ({ row, plain, winding }) => [
      about('audit.row.moved', row(plain, 3)),
      about('audit.row.moved', row(winding, 2)),
    ],
  },
  {
    deed: 'two rows of different entries, far apart, swapped',
    statements: ({ row, plain, last }) => swap(row(plain, 1), row(last, 2)),
    faults: ({ row, plain, last }) => [
      about('audit.row.moved', row(plain, 1)),
      about('audit.row.moved', row(last, 2)),
    ],
  },
  {
    deed: 'a sealed and an unsealed row, swapped',
    statements: ({ row, winding, sending }) => swap(row(winding, 3), row(sending, 2)),
    faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 3))],
  },
  {
    deed: 'two unsealed rows of one entry, swapped',
    statements: ({ row, sending }) => swap(row(sending, 1), row(sending, 2)),
    faults: ({ row, sending }) => [about('audit.row.moved', row(sending, 1))],
  },
  {
    deed: 'the contents of two rows swapped',
    statements: ({ row, winding, last }) => {
      const [one, other] = [row(winding, 2), row(last, 2)];
      const contents = ({ from, to, details, hash }: JournalRow) =>
        `from_state = '${from}', to_state = '${to}', details = '${details}', hash = '${hash}'`;
      return [change(one, contents(other)), change(other, contents(one))];
    },
    faults: ({ row, winding, last }) => [
      about('audit.row.changed', row(winding, 2)),
      about('audit.row.changed', row(last, 2)),
    ],
  },
  {
    deed: 'the entries of two rows swapped',
    statements: ({ row, winding, last }) => [
      change(row(winding, 3), "entry_id = 'nobody'"),
      change(row(last, 3), `entry_id = '${winding.id}'`),
      change(row(winding, 3), `entry_id = '${last.id}'`),
    ],
    faults: ({ row, winding, last }) => [
      about('audit.row.changed', row(winding, 3)),
      about('audit.row.changed', row(last, 3)),
    ],
  },
  {
    deed: 'a sealed row moved to the end',
    statements: ({ row, winding }) => [move(row(winding, 2), 500_000)],
    faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 2))],
  },
  {
    deed: 'a sealed row moved before all others',
    statements: ({ row, winding }) => [move(row(winding, 2), -3)],
    faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 2))],
  },
  {
    deed: 'a row moved to the largest of all positions',
    statements: ({ row, winding }) => [change(row(winding, 2), 'position = 9223372036854775807')],
    faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 2))],
  },
  {
    deed: 'several rows of one entry removed',
    statements: ({ row, winding }) => [remove(row(winding, 2), row(winding, 3), row(winding, 6))],
    faults: ({ row, winding }) =>
      [2, 3, 6].map((version) => about('audit.row.missing', row(winding, version))),
  },
  {
    deed: 'one row removed and another changed',
    statements: ({ row, plain, last }) => [remove(row(last, 2)), change(row(plain, 2), "details = '{}'")],
    faults: ({ row, plain, last }) => [
      about('audit.row.changed', row(plain, 2)),
      about('audit.row.missing', row(last, 2)),
    ],
  },
  {
    deed: 'a row put in at the end, for an entry that is there',
    statements: ({ plain }) => [
      `INSERT INTO journal (entry_id, version, at, from_state, to_state, details, hash)
       SELECT entry_id, version + 1, at, 'registered', 'rejected', details, hash FROM journal
       WHERE entry_id = '${plain.id}' AND version = 3`,
    ],
    faults: ({ plain, rows }) => [
      { code: 'audit.row.foreign', position: rows.length + 1, entryId: plain.id, version: 4 },
    ],
  },
  {
    deed: 'a row put in at the end, for an entry that never was',
    statements: ({ plain }) => [
      `INSERT INTO journal (entry_id, version, at, from_state, to_state, details, hash)
       SELECT 'nobody', version, at, from_state, to_state, details, hash FROM journal
       WHERE entry_id = '${plain.id}' AND version = 1`,
    ],
    faults: ({ rows }) => [
      { code: 'audit.row.foreign', position: rows.length + 1, entryId: 'nobody', version: 1 },
    ],
  },
  {
    deed: 'a row put in before the first',
    statements: ({ plain }) => [
      `INSERT INTO journal (position, entry_id, version, at, from_state, to_state, details, hash)
       SELECT 0, entry_id, version + 1, at, 'registered', 'rejected', details, hash FROM journal
       WHERE entry_id = '${plain.id}' AND version = 3`,
    ],
    faults: ({ plain }) => [{ code: 'audit.row.foreign', position: 0, entryId: plain.id, version: 4 }],
  },
];

/** Proves that every change to the rows of a journal is found, and named first. */
export function describeTamperedRows(open: OpenAuditedLedger): void {
  describe('tampered rows', () => {
    itFindsEach([...changed, ...removed, ...moved, ...others], open);
  });
}
