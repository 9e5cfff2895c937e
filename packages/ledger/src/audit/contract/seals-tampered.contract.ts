import { describe } from 'vitest';
import type { AuditFault } from '../report.js';
import { itFindsEach, type Modification, type OpenAuditedLedger } from './audited-ledger.fixture.js';

/** The first positions of the blocks of the sample, and of what follows them. */
const firsts = [1, 5, 9, 14, 17];

const sealFault = (code: 'audit.seal.changed' | 'audit.seal.missing', seal: number): Partial<AuditFault> => ({
  code,
  seal,
  position: firsts[seal - 1] ?? 0,
});

const columns: readonly (readonly [column: string, assignment: string])[] = [
  ['first_position', 'first_position = first_position + 1'],
  ['first_position (to nothing)', 'first_position = 0'],
  ['last_position', 'last_position = last_position - 1'],
  ['last_position (beyond all)', 'last_position = 9223372036854775807'],
  ['rows', 'rows = rows + 1'],
  ['hash', "hash = substr(hash, 2) || '0'"],
  ['outline (to nothing)', "outline = ''"],
  ['outline (a hash)', `outline = replace(outline, '1,"', '1,"0')`],
  ['outline (an entry)', `outline = replace(outline, '"]', 'x"]')`],
  [
    'outline (a row less)',
    `outline = '[[' || substr(outline, 2 + length('[[1,1,"0123456789abcdef","0123456789abcdef0123456789abcdef0123"],['))`,
  ],
];

const changed: readonly Modification[] = [1, 2, 4].flatMap((seal) =>
  columns.map(
    ([column, assignment]): Modification => ({
      modification: `${column} of seal ${seal} changed`,
      statements: () => [`UPDATE seals SET ${assignment} WHERE number = ${seal}`],
      faults: () => [sealFault('audit.seal.changed', seal)],
    }),
  ),
);

const removed: readonly Modification[] = [1, 2, 4].map((seal) => ({
  modification: `seal ${seal} removed`,
  statements: () => [`DELETE FROM seals WHERE number = ${seal}`],
  faults: () => [sealFault('audit.seal.missing', seal)],
}));

const insert = (values: string) =>
  `INSERT INTO seals (number, first_position, last_position, rows, hash, outline) ${values}`;

const others: readonly Modification[] = [
  {
    modification: 'a version in an outline changed',
    statements: () => [`UPDATE seals SET outline = replace(outline, '[3,2,', '[3,5,') WHERE number = 1`],
    faults: () => [{ code: 'audit.seal.changed', seal: 1, position: 3 }],
  },
  {
    modification: 'two seals in the middle removed',
    statements: () => ['DELETE FROM seals WHERE number IN (2, 3)'],
    faults: () => [sealFault('audit.seal.missing', 2)],
  },
  {
    modification: 'all seals after some point removed',
    statements: () => ['DELETE FROM seals WHERE number > 2'],
    faults: () => [sealFault('audit.seal.missing', 3)],
  },
  {
    modification: 'all seals removed',
    statements: () => ['DELETE FROM seals'],
    faults: () => [sealFault('audit.seal.missing', 1)],
  },
  {
    modification: 'a seal removed, and those after it renumbered',
    statements: () => [
      'DELETE FROM seals WHERE number = 2',
      'UPDATE seals SET number = 2 WHERE number = 3',
      'UPDATE seals SET number = 3 WHERE number = 4',
    ],
    faults: () => [
      sealFault('audit.seal.missing', 2),
      sealFault('audit.seal.changed', 3),
      sealFault('audit.seal.changed', 4),
    ],
  },
  {
    modification: 'the last seal renumbered',
    statements: () => ['UPDATE seals SET number = 40 WHERE number = 4'],
    faults: () => [sealFault('audit.seal.changed', 4)],
  },
  {
    modification: 'a seal in the middle renumbered',
    statements: () => ['UPDATE seals SET number = 40 WHERE number = 2'],
    faults: () => [sealFault('audit.seal.missing', 2), { code: 'audit.seal.changed', seal: 40, position: 5 }],
  },
  {
    modification: 'a seal put in at the end',
    statements: () => [insert("VALUES (5, 17, 18, 2, 'made up', '[]')")],
    faults: () => [sealFault('audit.seal.changed', 5)],
  },
  {
    modification: 'a seal put in before the first',
    statements: () => [insert("VALUES (0, 1, 2, 2, 'made up', '[]')")],
    faults: () => [{ code: 'audit.seal.changed', seal: 0, position: 1 }],
  },
  {
    modification: 'a seal put in twice',
    statements: () => [
      insert('SELECT 5, first_position, last_position, rows, hash, outline FROM seals WHERE number = 4'),
    ],
    faults: () => [{ code: 'audit.seal.changed', seal: 5, position: 14 }],
  },
  {
    modification: 'a row and its seal changed together',
    statements: ({ row, plain }) => [
      `UPDATE journal SET details = '{}' WHERE position = ${row(plain, 3).position}`,
      "UPDATE seals SET hash = 'made up' WHERE number = 1",
    ],
    faults: ({ row, plain }) => {
      const { position, entryId, version } = row(plain, 3);
      return [{ code: 'audit.row.changed', position, entryId, version }];
    },
  },
];

/** Proves that seals that were changed, removed or put in are found. */
export function describeTamperedSeals(open: OpenAuditedLedger): void {
  describe('tampered seals', () => {
    itFindsEach([...changed, ...removed, ...others], open);
  });
}
