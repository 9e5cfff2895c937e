import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryStates } from '../entry/entry.js';
import { hashBlock, readBlockRows, writeBlockRows } from './journal-block.js';

const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
const rows = fc.array(
  fc.record({
    position: fc.integer({ min: 1 }),
    entryId: text,
    version: fc.integer({ min: 1 }),
    at: fc.date({ noInvalidDate: true }),
    from: fc.option(fc.constantFrom(...entryStates)),
    to: fc.constantFrom(...entryStates),
    details: text,
    previousBlock: fc.option(fc.integer({ min: 1 })),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
  }),
);

describe('the rows of a block', () => {
  it('are read as they were written, each from a line of its own', () => {
    fc.assert(
      fc.property(rows, (written) => {
        const facts = writeBlockRows(written);
        expect(readBlockRows(facts)).toEqual(written);
        expect(facts.split('\n')).toHaveLength(Math.max(1, written.length));
      }),
    );
  });

  it.each(['', '{}', 'null', '[null]', '[[]]', '[[1,"a",1,1,null,"accepted","{}",null]]', '[["1"]]'])(
    'are not %j',
    (facts) => {
      expect(readBlockRows(facts)).toBeNull();
    },
  );
});

describe('the hash of a block', () => {
  const block = { number: 7, at: 1_777_000_000_000, firstPosition: 20, rows: 2, facts: '[]' };
  const changes = { number: 8, at: 1, firstPosition: 21, rows: 3, facts: '[ ]' };

  it.each(Object.entries(changes))('covers its %s', (name, value) => {
    expect(hashBlock({ ...block, [name]: value }, null)).not.toBe(hashBlock(block, null));
  });

  it('covers the block before', () => {
    expect(hashBlock(block, 'a'.repeat(64))).not.toBe(hashBlock(block, null));
  });
});
