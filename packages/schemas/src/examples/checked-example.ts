import { type CheckedReceipt, checkReceipt } from '../validation/check-receipt.js';

/** The day of all examples: dated rates are judged by it. */
export const exampleDay = new Date('2026-03-01T09:00:00Z');

/** Checks a receipt of the examples, which must be sound. */
export function checkedExample(input: unknown): Extract<CheckedReceipt, { ok: true }> {
  const checked = checkReceipt(input, { now: exampleDay, merchantId: '542088' });
  if (!checked.ok) throw new Error(`an example is not sound: ${JSON.stringify(checked.faults)}`);
  return checked;
}
