import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstBrokenRow, hashJournalRow, type JournalRow } from './journal-row.js';

function chain(): JournalRow[] {
  const path = [null, 'accepted', 'sending', 'unknown', 'registered'] as const;
  const rows: JournalRow[] = [];
  for (const [index, from] of path.slice(0, -1).entries()) {
    const fact = {
      entryId: 'entry',
      version: index + 1,
      at: new Date(1_777_000_000_000 + index),
      from,
      to: path[index + 1] ?? 'registered',
      details: `{"fence":${index}}`,
    };
    rows.push({ ...fact, position: 10 + index, hash: hashJournalRow(fact, rows.at(-1)?.hash ?? null) });
  }
  return rows;
}

const changes: Record<string, Partial<JournalRow>> = {
  entry: { entryId: 'other' },
  version: { version: 9 },
  time: { at: new Date(0) },
  from: { from: 'parked' },
  to: { to: 'rejected' },
  details: { details: '{}' },
  hash: { hash: '0'.repeat(64) },
};

describe('firstBrokenRow', () => {
  it('finds nothing wrong with a whole chain, and nothing in none', () => {
    expect(firstBrokenRow(chain())).toBeNull();
    expect(firstBrokenRow([])).toBeNull();
  });

  it.each(Object.keys(changes))('finds a changed %s', (field) => {
    fc.assert(
      fc.property(fc.nat(3), (index) => {
        const rows = chain().map((row, at) => (at === index ? { ...row, ...changes[field] } : row));
        expect(firstBrokenRow(rows)).toBe(rows[index]);
      }),
    );
  });

  it('finds the row after a removed one, and swapped rows', () => {
    const [first, second, third, fourth] = chain();
    if (!first || !second || !third || !fourth) throw new Error('the chain is too short');
    expect(firstBrokenRow([first, third, fourth])).toBe(third);
    expect(firstBrokenRow([second, third])).toBe(second);
    expect(firstBrokenRow([first, third, second, fourth])).toBe(third);
  });
});
