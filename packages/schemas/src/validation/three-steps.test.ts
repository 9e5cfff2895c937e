import { describe, expect, it } from 'vitest';
import { russianReceipt } from '../examples/receipts.js';
import { calculateReceipt } from './calculate-receipt.js';
import { normaliseReceipt } from './normalise-receipt.js';
import { validateReceipt } from './validate-receipt.js';

const context = { now: new Date('2026-03-01T09:00:00Z'), unreadable: new Set<string>() };

describe('normalise, calculate, validate', () => {
  it('normalising a normal form changes nothing', () => {
    const { draft } = normaliseReceipt(russianReceipt);
    expect(normaliseReceipt(draft)).toEqual({ draft, faults: [] });
  });

  it('calculating fills in what is absent and keeps what is given', () => {
    const { draft } = normaliseReceipt({ ...russianReceipt, total: 1 });
    const calculated = calculateReceipt(draft);
    expect(calculated).toMatchObject({ total: 1, positions: [{ sum: 100 }, { sum: 100 }] });
    expect(draft.positions?.map((position) => position?.sum)).toEqual([undefined, undefined]);
  });

  it('a draft of unknown format breaks no further rule', () => {
    const { draft, faults } = normaliseReceipt({ ...russianReceipt, receipt_format: 'kz_1_0' });
    expect(faults.map(({ code }) => code)).toEqual(['field.value']);
    expect(validateReceipt(calculateReceipt(draft), context)).toEqual([]);
  });

  it('an empty draft of known format lacks only the contact', () => {
    const found = validateReceipt({ receipt_format: 'ru_1_2' }, context);
    expect(found.map(({ code }) => code)).toEqual(['receipt.customer.contact']);
  });
});
