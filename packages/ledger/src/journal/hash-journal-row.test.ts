import { canonicalJson } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryStates } from '../entry/entry.js';
import { sha256Hex } from './digest.js';
import { hashJournalRow } from './journal-row.js';

it('hashes the canonical JSON of the row', () => {
  const text = fc.string({ unit: 'binary' });
  const fact = fc.record({
    entryId: text,
    version: fc.nat(),
    at: fc.date({ noInvalidDate: true }),
    from: fc.option(fc.constantFrom(...entryStates)),
    to: fc.constantFrom(...entryStates),
    details: text,
  });
  fc.assert(
    fc.property(fact, fc.option(text), ({ entryId, at, ...others }, previous) => {
      const row = { ...others, entry_id: entryId, at: at.toISOString(), previous };
      expect(hashJournalRow({ entryId, at, ...others }, previous)).toBe(sha256Hex(canonicalJson(row)));
    }),
  );
});
