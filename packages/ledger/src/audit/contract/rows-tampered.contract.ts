import { describe } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { JournalRow } from '../../journal/journal-row.js';
import type { AuditFault } from '../report.js';
import {
  type AuditedLedger,
  about,
  itFindsEach,
  type Modification,
  type OpenAuditedLedger,
} from './audited-ledger.fixture.js';
import type { SampleLedger } from './sample-ledger.fixture.js';

const change = (row: JournalRow, assignment: string) =>
  `UPDATE journal SET ${assignment} WHERE position = ${row.position}`;
const remove = (...rows: readonly JournalRow[]) =>
  `DELETE FROM journal WHERE position IN (${rows.map(({ position }) => position).join(', ')})`;
const swap = (one: JournalRow, other: JournalRow) => [
  change(one, 'position = 900000'),
  change(other, `position = ${one.position}`),
  `UPDATE journal SET position = ${other.position} WHERE position = 900000`,
];

/** Puts a row in whose content is that of the entry's last one. */
const putIn = ({ id }: Entry, columns: string, values: string) =>
  `INSERT INTO journal (${columns}, at, from_state, to_state, details, hash)
   SELECT ${values}, at, 'registered', 'rejected', details, hash FROM journal
   WHERE entry_id = '${id}' AND version = 3`;

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

/** A seal with its rows does not name again the entry and version of a row; one apart does. */
const isNamedBySeal = (sample: SampleLedger, row: JournalRow, { contiguous }: AuditedLedger) =>
  !contiguous && !isUnsealed(sample, row);

/** A missing row whose position is not known. */
function missing(row: JournalRow): Partial<AuditFault> {
  const { position: _unknown, ...named } = about('audit.row.missing', row);
  return named;
}

const changed: readonly Modification[] = Object.entries(rowsInTurn).flatMap(([name, pick]) =>
  assignments.map(
    ([column, assignment, renamed]): Modification => ({
      modification: `${column} of ${name} changed`,
      statements: (sample, ledger) => [change(pick(sample), assignment(ledger))],
      faults: (sample, ledger) => {
        const row = pick(sample);
        return renamed && !isNamedBySeal(sample, row, ledger)
          ? [about('audit.row.foreign', renamed(row)), missing(row)]
          : [about('audit.row.changed', row)];
      },
    }),
  ),
);

const removed: readonly Modification[] = Object.entries(rowsInTurn).map(([name, pick]) => ({
  modification: `${name} removed`,
  statements: (sample) => [remove(pick(sample))],
  faults: (sample, { contiguous }) => {
    const row = pick(sample);
    return [isUnsealed(sample, row) && !contiguous ? missing(row) : about('audit.row.missing', row)];
  },
}));

type PickTwo = (sample: SampleLedger) => readonly [JournalRow, JournalRow];

const pairs: Readonly<Record<string, PickTwo>> = {
  'two rows of one entry, one after the other': ({ row, winding }) => [row(winding, 2), row(winding, 3)],
  'two rows of one entry, far apart': ({ row, winding }) => [row(winding, 1), row(winding, 7)],
  'two rows of different entries, one after the other': ({ row, plain, winding }) => [
    row(plain, 3),
    row(winding, 2),
  ],
  'two rows of different entries, far apart': ({ row, plain, last }) => [row(plain, 1), row(last, 2)],
};

const firstOf = (...rows: readonly JournalRow[]) => Math.min(...rows.map(({ position }) => position));

const swapped: readonly Modification[] = Object.entries(pairs).map(([name, pick]) => ({
  modification: `${name}, swapped`,
  statements: (sample) => swap(...pick(sample)),
  faults: (sample) => pick(sample).map((row) => about('audit.row.moved', row)),
  firstAt: (sample) => firstOf(...pick(sample)),
}));

const moved: readonly Modification[] = [
  ['a sealed row moved to the end', '500000'],
  ['a sealed row moved before all others', '-3'],
  ['a row moved to the largest of all positions', '9223372036854775807'],
].map(([modification = '', position]) => ({
  modification,
  statements: ({ row, winding }) => [change(row(winding, 2), `position = ${position}`)],
  faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 2))],
  firstAt: ({ row, winding }) => Math.min(Number(position), row(winding, 2).position),
}));

const others: readonly Modification[] = [
  {
    modification: 'a sealed and an unsealed row, swapped',
    statements: ({ row, winding, sending }) => swap(row(winding, 3), row(sending, 2)),
    faults: ({ row, winding }) => [about('audit.row.moved', row(winding, 3))],
    firstAt: ({ row, winding }) => row(winding, 3).position,
  },
  {
    modification: 'two unsealed rows of one entry, swapped',
    statements: ({ row, sending }) => swap(row(sending, 1), row(sending, 2)),
    faults: ({ row, sending }) => [about('audit.row.moved', row(sending, 1))],
    firstAt: ({ row, sending }) => row(sending, 1).position,
  },
  {
    modification: 'the contents of two rows swapped',
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
    modification: 'the entries of two rows swapped',
    statements: ({ row, winding, last }) => [
      change(row(winding, 3), "entry_id = 'nobody'"),
      change(row(last, 3), `entry_id = '${winding.id}'`),
      change(row(winding, 3), `entry_id = '${last.id}'`),
    ],
    faults: ({ row, winding, last }) => [
      about('audit.row.changed', row(winding, 3)),
      about('audit.row.changed', row(last, 3)),
    ],
    firstAt: ({ row, winding }) => row(winding, 3).position,
  },
  {
    modification: 'several rows of one entry removed',
    statements: ({ row, winding }) => [remove(row(winding, 2), row(winding, 3), row(winding, 6))],
    faults: ({ row, winding }) =>
      [2, 3, 6].map((version) => about('audit.row.missing', row(winding, version))),
  },
  {
    modification: 'one row removed and another changed',
    statements: ({ row, plain, last }) => [remove(row(last, 2)), change(row(plain, 2), "details = '{}'")],
    faults: ({ row, plain, last }) => [
      about('audit.row.changed', row(plain, 2)),
      about('audit.row.missing', row(last, 2)),
    ],
  },
  {
    modification: 'a row put in at the end, for an entry that is there',
    statements: ({ plain }) => [putIn(plain, 'entry_id, version', 'entry_id, version + 1')],
    faults: ({ plain, rows }) => [
      { code: 'audit.row.foreign', position: rows.length + 1, entryId: plain.id, version: 4 },
    ],
  },
  {
    modification: 'a row put in at the end, for an entry that never was',
    statements: ({ plain }) => [putIn(plain, 'entry_id, version', "'nobody', 1")],
    faults: ({ rows }) => [
      { code: 'audit.row.foreign', position: rows.length + 1, entryId: 'nobody', version: 1 },
    ],
  },
  {
    modification: 'a row put in before the first',
    statements: ({ plain }) => [putIn(plain, 'position, entry_id, version', '0, entry_id, version + 1')],
    faults: ({ plain }) => [{ code: 'audit.row.foreign', position: 0, entryId: plain.id, version: 4 }],
  },
];

/** Proves that every change to the rows of a journal is found, and named first. */
export function describeTamperedRows(open: OpenAuditedLedger): void {
  describe('tampered rows', () => {
    itFindsEach([...changed, ...removed, ...swapped, ...moved, ...others], open);
  });
}
