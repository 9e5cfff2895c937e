import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeties, safetyNames } from './safeties.js';
import { takeOut } from './take-out.js';

const folder = () => mkdtempSync(join(tmpdir(), 'fiscalkit-copies-'));

describe('taking a safety out', () => {
  it.each(safetyNames)('finds the places of %s in the ledger as it is built now', (name) => {
    const { environment } = takeOut(name, safeties[name].replacements, folder());
    const copies: Record<string, string> = JSON.parse(environment.LABORATORY_COPIES ?? '');
    for (const [url, copy] of Object.entries(copies)) {
      expect(readFileSync(copy, 'utf8')).not.toBe(readFileSync(new URL(url), 'utf8'));
    }
  });

  it('finds places in the client too, where the search is', () => {
    const replacement = { text: 'FreedomPay registers receipts only.', by: 'No receipts.' };
    const { environment } = takeOut('doubtful', [replacement], folder());
    expect(environment.LABORATORY_COPIES).toContain('/client/dist/providers/freedompay/');
  });

  it.each([
    ['is not there', 'no such text'],
    ['is there more than once', 'export'],
  ])('says that a replacement is out of date when its text %s', (_, text) => {
    const replacement = { text, by: '' };
    expect(() => takeOut('ordering', [replacement], folder())).toThrow(/out of date/);
  });
});
